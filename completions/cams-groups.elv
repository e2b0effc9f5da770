
use builtin;
use str;

set edit:completion:arg-completer[cams-groups] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'cams-groups'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'cams-groups'= {
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'List every group of a business number'
            cand diff 'Compare two snapshots, or one with the groups that there are now'
            cand wait 'Wait until groups are active, gone, or of some size'
            cand doctor 'Check all that a listing needs, and say how to mend it'
            cand config 'Show or write the configuration'
            cand sandbox 'Serve a stand-in for the API on this machine, to try things out'
            cand completions 'Print the completion script of a shell'
            cand man 'Print the manual page, or write all pages to a directory'
            cand help 'Print help of a command, or about a topic'
        }
        &'cams-groups;list'= {
            cand --business-number 'Business number whose groups to list, digits only'
            cand --space-id 'Space (channel) ID that the number belongs to, such as cams-8c8vr'
            cand --status 'Only groups of these statuses, in any case (can be repeated)'
            cand --match 'Only groups whose subject this regular expression finds something in'
            cand --min-participants 'Only groups of at least so many participants'
            cand --max-participants 'Only groups of at most so many participants'
            cand --subject 'Only groups whose subject the API matches with this text'
            cand --channel-type 'Only groups of this channel; the API documents WHATSAPP'
            cand --group-type 'Only Telegram groups of this type'
            cand --group-link 'Only the Telegram group with this link'
            cand --page-size 'Groups to ask for at a time, 1 to 1000 [default: 100, with --page 20]'
            cand --page 'This page only, counted from 1; without it all pages are read'
            cand --limit 'Stop after this many groups'
            cand --passes 'Read all pages up to this often until the listing settles'
            cand --columns 'Fields to show, in this order, such as id,subject,status'
            cand --sort 'Order by a field: FIELD, or FIELD:desc for the largest first'
            cand --jq 'Run a jq expression over the listing, as -o json has it; needs no jq'
            cand -o 'Form of the listing [default: table]'
            cand --output 'Form of the listing [default: table]'
            cand -O 'Write the listing to this file, which is replaced only on success'
            cand --output-file 'Write the listing to this file, which is replaced only on success'
            cand --trace-file 'Write all requests and replies of the run to this file, for support'
            cand --color 'When to colour'
            cand -p 'Profile to use'
            cand --profile 'Profile to use'
            cand --config 'Configuration file to read'
            cand --region 'Region whose endpoint to ask [default: ap-southeast-1]'
            cand --endpoint 'Endpoint to ask: host, host:port or URL; wins over the region'
            cand --signature 'How to sign requests [default: acs3-hmac-sha256]'
            cand --ca-file 'Certificates in PEM to trust besides the system''s'
            cand --timeout 'Time that one request may take, such as 30s or 500ms [default: 30s]'
            cand --deadline 'Time that the whole run may take, up to 1h [default: no limit]'
            cand --retries 'Ask again up to this often for a page that failed'
            cand --concurrency 'Ask for up to this many pages at once; fewer while the API throttles'
            cand --max-rps 'Send no more than this many requests a second [default: no limit]'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand --full 'Only WhatsApp groups without room: 8 participants'
            cand --empty 'Only groups without participants'
            cand --allow-incomplete 'Take a listing that does not settle: warn, print, and exit with 0'
            cand --no-header 'Leave out the names of the columns'
            cand --excel 'For spreadsheets: csv or tsv that begins with a mark and runs no formula'
            cand --redact 'Mask invite links and business numbers, for logs that others read'
            cand --summary 'Show only how many groups there are of each status and size'
            cand --dry-run 'Print the request that would be sent, and send nothing'
            cand --count 'Print only how many groups there are, by the API''s own count'
            cand -q 'Say nothing but errors, and what is doubtful about the listing'
            cand --quiet 'Say nothing but errors, and what is doubtful about the listing'
            cand -v 'Say on stderr what happens; twice, with parameters'
            cand --verbose 'Say on stderr what happens; twice, with parameters'
            cand --sandbox 'List the demo groups of a sandbox that runs inside this command'
            cand -h 'Print help; -h is the short one'
            cand --help 'Print help; -h is the short one'
        }
        &'cams-groups;diff'= {
            cand --ignore 'Fields whose changes do not count, such as updated,participants'
            cand -o 'Form of what differs'
            cand --output 'Form of what differs'
            cand --business-number 'Business number whose groups to list, digits only'
            cand --space-id 'Space (channel) ID that the number belongs to, such as cams-8c8vr'
            cand -p 'Profile to use'
            cand --profile 'Profile to use'
            cand --config 'Configuration file to read'
            cand --region 'Region whose endpoint to ask [default: ap-southeast-1]'
            cand --endpoint 'Endpoint to ask: host, host:port or URL; wins over the region'
            cand --signature 'How to sign requests [default: acs3-hmac-sha256]'
            cand --ca-file 'Certificates in PEM to trust besides the system''s'
            cand --timeout 'Time that one request may take, such as 30s or 500ms [default: 30s]'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;wait'= {
            cand --group-id 'The group with this id (can be repeated)'
            cand --subject 'The groups with exactly this subject'
            cand --for 'What they must be: a status, gone, participants>=N or participants<=N'
            cand --timeout 'How long to wait at most, up to 24h'
            cand --interval 'How long to rest between looks; longer while nothing changes'
            cand -o 'Form of the groups that are shown at the end'
            cand --output 'Form of the groups that are shown at the end'
            cand --business-number 'Business number whose groups to list, digits only'
            cand --space-id 'Space (channel) ID that the number belongs to, such as cams-8c8vr'
            cand -p 'Profile to use'
            cand --profile 'Profile to use'
            cand --config 'Configuration file to read'
            cand --region 'Region whose endpoint to ask [default: ap-southeast-1]'
            cand --endpoint 'Endpoint to ask: host, host:port or URL; wins over the region'
            cand --signature 'How to sign requests [default: acs3-hmac-sha256]'
            cand --ca-file 'Certificates in PEM to trust besides the system''s'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand --all 'All groups'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;doctor'= {
            cand --business-number 'Business number whose groups to list, digits only'
            cand --space-id 'Space (channel) ID that the number belongs to, such as cams-8c8vr'
            cand -p 'Profile to use'
            cand --profile 'Profile to use'
            cand --config 'Configuration file to read'
            cand --region 'Region whose endpoint to ask [default: ap-southeast-1]'
            cand --endpoint 'Endpoint to ask: host, host:port or URL; wins over the region'
            cand --signature 'How to sign requests [default: acs3-hmac-sha256]'
            cand --ca-file 'Certificates in PEM to trust besides the system''s'
            cand --timeout 'Time that one request may take, such as 30s or 500ms [default: 30s]'
            cand -o 'Form of the report'
            cand --output 'Form of the report'
            cand --color 'When to colour'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;config'= {
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help'
            cand --help 'Print help'
            cand path 'Print where the configuration file is'
            cand show 'Print the settings in effect, and where each comes from'
            cand profiles 'Print the profiles, and whose key each has'
            cand init 'Write a configuration file'
        }
        &'cams-groups;config;path'= {
            cand --config 'Configuration file, as for the other commands'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;config;show'= {
            cand -p 'Profile to use'
            cand --profile 'Profile to use'
            cand --config 'Configuration file to read'
            cand -o 'Form of what is shown'
            cand --output 'Form of what is shown'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;config;profiles'= {
            cand -p 'Profile to use'
            cand --profile 'Profile to use'
            cand --config 'Configuration file to read'
            cand -o 'Form of what is shown'
            cand --output 'Form of what is shown'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand --names 'Print the names alone, one a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;config;init'= {
            cand --config 'Configuration file to write'
            cand -p 'Name of the profile'
            cand --profile 'Name of the profile'
            cand --business-number 'Business number whose groups to list, digits only'
            cand --space-id 'Space (channel) ID that the number belongs to, such as cams-8c8vr'
            cand --region 'Region whose endpoint to ask'
            cand --access-key-id 'AccessKey id to write; its secret is asked for, or read from stdin'
            cand --aliyun-profile 'Take the keys of this profile of the aliyun CLI, by reference'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand --access-key-secret-stdin 'Read the AccessKey secret from stdin, as its first line'
            cand --no-key 'Leave the keys to the environment, or to what else has some'
            cand --force 'Replace the file that is there, with all its profiles'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;sandbox'= {
            cand --port 'Port on 127.0.0.1; 0 takes a free one'
            cand --groups 'Number of demo groups to serve [default: 51]'
            cand --data 'JSON file with the groups to serve, as `list -o json` writes it'
            cand --latency 'Time that each answer takes, such as 50ms'
            cand --jitter 'Up to this much is added to the latency at random'
            cand --fault 'Let a share of requests fail, such as html=0.1 (can be repeated)'
            cand --rate-limit 'Throttle more requests than this within a second'
            cand --max-page-size 'Refuse larger pages [default: 100]'
            cand --cap-page-size 'Cut larger pages without a word'
            cand --drift 'Make or remove a group after this share of pages'
            cand --total 'Say this of the total: absent, negative, text, or how far it is off'
            cand --skew 'Let the sandbox''s clock be ahead by this much'
            cand --lifetime 'Let issued keys expire after this time, whatever is asked for'
            cand --seed 'The same faults for the same number'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;completions'= {
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'cams-groups;man'= {
            cand --dir 'Directory to write cams-groups.1, cams-groups-list.1 and so on to'
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'cams-groups;help'= {
            cand --error-format 'Form of errors and warnings on stderr: json writes an object a line'
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
