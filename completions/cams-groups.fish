# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cams_groups_global_optspecs
    string join \n error-format= h/help V/version
end

function __fish_cams_groups_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_cams_groups_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_cams_groups_using_subcommand
    set -l cmd (__fish_cams_groups_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c cams-groups -n "__fish_cams_groups_needs_command" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_needs_command" -s h -l help -d 'Print help'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -s V -l version -d 'Print version'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "list" -d 'List every group of a business number'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "audit" -d 'Hold all groups against rules, for CI'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "diff" -d 'Compare two snapshots, or one with the groups that there are now'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "wait" -d 'Wait until groups are active, gone, or of some size'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "doctor" -d 'Check all that a listing needs, and say how to mend it'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "config" -d 'Show or write the configuration'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "sandbox" -d 'Serve a stand-in for the API on this machine, to try things out'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "man" -d 'Print the manual page, or write all pages to a directory'
complete -c cams-groups -n "__fish_cams_groups_needs_command" -f -a "help" -d 'Print help of a command, or about a topic'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l business-number -d 'Business number whose groups to list, digits only' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l space-id -d 'Space (channel) ID that the number belongs to, such as cams-8c8vr' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l targets -d 'Every target of this file, in place of one number; - is standard input' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l status -d 'Only groups of these statuses, in any case (can be repeated)' -r -f -a "ACTIVE\t''
INACTIVE\t''
SUSPENDED\t''
CREATING\t''
DELETING\t''
UPDATING\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l match -d 'Only groups whose subject this regular expression finds something in' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l min-participants -d 'Only groups of at least so many participants' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l max-participants -d 'Only groups of at most so many participants' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l subject -d 'Only groups whose subject the API matches with this text' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l channel-type -d 'Only groups of this channel; the API documents WHATSAPP' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l group-type -d 'Only Telegram groups of this type' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l group-link -d 'Only the Telegram group with this link' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l page-size -d 'Groups to ask for at a time, 1 to 1000 [default: 100, with --page 20]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l page -d 'This page only, counted from 1; without it all pages are read' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l limit -d 'Stop after this many groups' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l columns -d 'Fields to show, in this order, such as id,subject,status' -r -f -a "id\t''
subject\t''
description\t''
status\t''
number\t''
invite-link\t''
picture\t''
link\t''
participants\t''
type\t''
role\t''
updated\t''
target\t''
space\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l sort -d 'Order by a field: FIELD, or FIELD:desc for the largest first' -r -f -a "id\t''
subject\t''
description\t''
status\t''
number\t''
invite-link\t''
picture\t''
link\t''
participants\t''
type\t''
role\t''
updated\t''
target\t''
space\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l jq -d 'Run a jq expression over the listing, as -o json has it; needs no jq' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -s o -l output -d 'Form of the listing [default: table]' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
markdown\t''
ids\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l watch -d 'List every 30s, or TIME, until Ctrl-C, and show what changes' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -s O -l output-file -d 'Write the listing to this file, which is replaced only on success' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l trace-file -d 'Write all requests and replies of the run to this file, for support' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l color -d 'When to colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l region -d 'Region whose endpoint to ask [default: ap-southeast-1]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l endpoint -d 'Endpoint to ask: host, host:port or URL; wins over the region' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l signature -d 'How to sign requests [default: acs3-hmac-sha256]' -r -f -a "acs3-hmac-sha256\t''
hmac-sha1\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l ca-file -d 'Certificates in PEM to trust besides the system\'s' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l timeout -d 'Time that one request may take, such as 30s or 500ms [default: 30s]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l deadline -d 'Time that the whole run may take, up to 1h [default: no limit]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l retries -d 'Ask again up to this often for a page that failed' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l passes -d 'Read all pages up to this often until the listing settles' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l concurrency -d 'Ask for up to this many pages at once; fewer while the API throttles' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l max-rps -d 'Send no more than this many requests a second [default: no limit]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l all-targets -d 'Every target of the profile, in place of one number'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l full -d 'Only WhatsApp groups without room: 8 participants'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l empty -d 'Only groups without participants'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l allow-incomplete -d 'Take a listing that does not settle: warn, print, and exit with 0'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l no-header -d 'Leave out the names of the columns'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l excel -d 'For spreadsheets: csv or tsv that begins with a mark and runs no formula'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l redact -d 'Mask invite links and business numbers, for logs that others read'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l summary -d 'Show only how many groups there are of each status and size'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l dry-run -d 'Print the request that would be sent, and send nothing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l count -d 'Print only how many groups there are, by the API\'s own count'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -s q -l quiet -d 'Say nothing but errors, and what is doubtful about the listing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -s v -l verbose -d 'Say on stderr what happens; twice, with parameters'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -l sandbox -d 'List the demo groups of a sandbox that runs inside this command'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand list" -s h -l help -d 'Print help; -h is the short one'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l business-number -d 'Business number whose groups to list, digits only' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l space-id -d 'Space (channel) ID that the number belongs to, such as cams-8c8vr' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l targets -d 'Every target of this file, in place of one number; - is standard input' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l allow-status -d 'Every group has one of these statuses (can be repeated)' -r -f -a "ACTIVE\t''
INACTIVE\t''
SUSPENDED\t''
CREATING\t''
DELETING\t''
UPDATING\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l require-status -d 'Some group has each of these statuses' -r -f -a "ACTIVE\t''
INACTIVE\t''
SUSPENDED\t''
CREATING\t''
DELETING\t''
UPDATING\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l stuck-after -d 'No group is CREATING, UPDATING or DELETING for longer than this' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l min-groups -d 'There are at least so many groups, of all or of a status (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l max-groups -d 'There are at most so many groups, of all or of a status (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l min-participants -d 'Every group has at least so many participants' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l max-participants -d 'Every group has at most so many participants' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l link-host -d 'Every invite link leads to one of these hosts (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l subject -d 'Every subject matches this regular expression (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l forbid-subject -d 'No subject matches this regular expression (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l role -d 'The bot\'s role in every Telegram group is one of these (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l baseline -d 'Nothing differs from this snapshot, which list -o json wrote; - is standard input' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l ignore -d 'Fields that may differ from the baseline' -r -f -a "id\t''
subject\t''
description\t''
status\t''
number\t''
invite-link\t''
picture\t''
link\t''
participants\t''
type\t''
role\t''
updated\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l drift -d 'Kinds of difference from the baseline that count [default: all]' -r -f -a "gone\t''
new\t''
regressed\t''
invite-link\t''
participants\t''
other\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l participants-change -d 'Participants of a group may change by up to this from the baseline' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l policy -d 'Rules, levels and exceptions as a TOML file; flags outweigh it' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l warn -d 'Rules whose findings only warn' -r -f -a "status\t''
unknown-status\t''
stuck\t''
groups\t''
participants\t''
invite-link\t''
subject\t''
duplicate-subject\t''
description\t''
picture\t''
business-number\t''
role\t''
drift\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l fail-on -d 'What ends with exit code 1: error, warning or never' -r -f -a "error\t''
warning\t''
never\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -s o -l output -d 'Form of the report on stdout' -r -f -a "table\t''
json\t''
junit\t''
github\t''
gitlab\t''
markdown\t''
html\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l report -d 'Write a report to a file as well, such as junit=audit.xml (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l region -d 'Region whose endpoint to ask [default: ap-southeast-1]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l endpoint -d 'Endpoint to ask: host, host:port or URL; wins over the region' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l signature -d 'How to sign requests [default: acs3-hmac-sha256]' -r -f -a "acs3-hmac-sha256\t''
hmac-sha1\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l ca-file -d 'Certificates in PEM to trust besides the system\'s' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l timeout -d 'Time that one request may take, such as 30s or 500ms [default: 30s]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l deadline -d 'Time that the whole run may take, up to 1h [default: no limit]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l retries -d 'Ask again up to this often for a page that failed' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l passes -d 'Read all pages up to this often until the listing settles' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l concurrency -d 'Ask for up to this many pages at once; fewer while the API throttles' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l max-rps -d 'Send no more than this many requests a second [default: no limit]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l all-targets -d 'Every target of the profile, in place of one number'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l no-full -d 'No WhatsApp group is full: 8 participants'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l no-empty -d 'No group is without participants'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l require-link -d 'Every group has an invite link'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l forbid-link -d 'No group has an invite link'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l unique-subjects -d 'No two groups have the same subject'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l require-description -d 'Every group has a description'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l require-picture -d 'Every group has a picture'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l init-policy -d 'Print a policy with a comment on every key, and audit nothing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -l list-rules -d 'Print every rule with what it is about, and audit nothing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -s q -l quiet -d 'Say nothing but errors, and what is doubtful about the listing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -s v -l verbose -d 'Say on stderr what happens; twice, with parameters'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l ignore -d 'Fields whose changes do not count, such as updated,participants' -r -f -a "id\t''
subject\t''
description\t''
status\t''
number\t''
invite-link\t''
picture\t''
link\t''
participants\t''
type\t''
role\t''
updated\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -s o -l output -d 'Form of what differs' -r -f -a "table\t''
json\t''
markdown\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l business-number -d 'Business number whose groups to list, digits only' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l space-id -d 'Space (channel) ID that the number belongs to, such as cams-8c8vr' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l targets -d 'Every target of this file, in place of one number; - is standard input' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l region -d 'Region whose endpoint to ask [default: ap-southeast-1]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l endpoint -d 'Endpoint to ask: host, host:port or URL; wins over the region' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l signature -d 'How to sign requests [default: acs3-hmac-sha256]' -r -f -a "acs3-hmac-sha256\t''
hmac-sha1\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l ca-file -d 'Certificates in PEM to trust besides the system\'s' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l timeout -d 'Time that one request may take, such as 30s or 500ms [default: 30s]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l deadline -d 'Time that the whole run may take, up to 1h [default: no limit]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l retries -d 'Ask again up to this often for a page that failed' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l passes -d 'Read all pages up to this often until the listing settles' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l concurrency -d 'Ask for up to this many pages at once; fewer while the API throttles' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l max-rps -d 'Send no more than this many requests a second [default: no limit]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -l all-targets -d 'Every target of the profile, in place of one number'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -s q -l quiet -d 'Say nothing but errors, and what is doubtful about the listing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -s v -l verbose -d 'Say on stderr what happens; twice, with parameters'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l group-id -d 'The group with this id (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l subject -d 'The groups with exactly this subject' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l for -d 'What they must be: a status, gone, participants>=N or participants<=N' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l timeout -d 'How long to wait at most, up to 24h' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l interval -d 'How long to rest between looks; longer while nothing changes' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -s o -l output -d 'Form of the groups that are shown at the end' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
markdown\t''
ids\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l business-number -d 'Business number whose groups to list, digits only' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l space-id -d 'Space (channel) ID that the number belongs to, such as cams-8c8vr' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l region -d 'Region whose endpoint to ask [default: ap-southeast-1]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l endpoint -d 'Endpoint to ask: host, host:port or URL; wins over the region' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l signature -d 'How to sign requests [default: acs3-hmac-sha256]' -r -f -a "acs3-hmac-sha256\t''
hmac-sha1\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l ca-file -d 'Certificates in PEM to trust besides the system\'s' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -l all -d 'All groups'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -s q -l quiet -d 'Say nothing but errors, and what is doubtful about the listing'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -s v -l verbose -d 'Say on stderr what happens; twice, with parameters'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l business-number -d 'Business number whose groups to list, digits only' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l space-id -d 'Space (channel) ID that the number belongs to, such as cams-8c8vr' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l region -d 'Region whose endpoint to ask [default: ap-southeast-1]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l endpoint -d 'Endpoint to ask: host, host:port or URL; wins over the region' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l signature -d 'How to sign requests [default: acs3-hmac-sha256]' -r -f -a "acs3-hmac-sha256\t''
hmac-sha1\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l ca-file -d 'Certificates in PEM to trust besides the system\'s' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l timeout -d 'Time that one request may take, such as 30s or 500ms [default: 30s]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -s o -l output -d 'Form of the report' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l color -d 'When to colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and not __fish_seen_subcommand_from path show profiles init" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and not __fish_seen_subcommand_from path show profiles init" -s h -l help -d 'Print help'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and not __fish_seen_subcommand_from path show profiles init" -f -a "path" -d 'Print where the configuration file is'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and not __fish_seen_subcommand_from path show profiles init" -f -a "show" -d 'Print the settings in effect, and where each comes from'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and not __fish_seen_subcommand_from path show profiles init" -f -a "profiles" -d 'Print the profiles, and whose key each has'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and not __fish_seen_subcommand_from path show profiles init" -f -a "init" -d 'Write a configuration file'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Configuration file, as for the other commands' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from path" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from show" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of what is shown' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from show" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from profiles" -s p -l profile -d 'Profile to use' -r -f -a "(cams-groups config profiles --names 2>/dev/null)"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from profiles" -l config -d 'Configuration file to read' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from profiles" -s o -l output -d 'Form of what is shown' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from profiles" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from profiles" -l names -d 'Print the names alone, one a line'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from profiles" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'Configuration file to write' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -s p -l profile -d 'Name of the profile' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l business-number -d 'Business number whose groups to list, digits only' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l space-id -d 'Space (channel) ID that the number belongs to, such as cams-8c8vr' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l region -d 'Region whose endpoint to ask' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l access-key-id -d 'AccessKey id to write; its secret is asked for, or read from stdin' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l aliyun-profile -d 'Take the keys of this profile of the aliyun CLI, by reference' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l access-key-secret-stdin -d 'Read the AccessKey secret from stdin, as its first line'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l no-key -d 'Leave the keys to the environment, or to what else has some'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -l force -d 'Replace the file that is there, with all its profiles'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l port -d 'Port on 127.0.0.1; 0 takes a free one' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l groups -d 'Number of demo groups to serve [default: 51]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l data -d 'JSON file with the groups to serve, as `list -o json` writes it' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l targets -d 'Answer for every target of this file besides, as `list --targets` takes it' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l latency -d 'Time that each answer takes, such as 50ms' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l settle -d 'After this time, what is CREATING or UPDATING is ACTIVE, what is DELETING gone' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l jitter -d 'Up to this much is added to the latency at random' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l fault -d 'Let a share of requests fail, such as html=0.1 (can be repeated)' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l rate-limit -d 'Throttle more requests than this within a second' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l max-page-size -d 'Refuse larger pages [default: 100]' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l cap-page-size -d 'Cut larger pages without a word' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l drift -d 'Make or remove a group after this share of pages' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l total -d 'Say this of the total: absent, negative, text, or how far it is off' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l skew -d 'Let the sandbox\'s clock be ahead by this much' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l lifetime -d 'Let issued keys expire after this time, whatever is asked for' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l seed -d 'The same faults for the same number' -r
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand sandbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand completions" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand man" -l dir -d 'Directory to write cams-groups.1, cams-groups-list.1 and so on to' -r -F
complete -c cams-groups -n "__fish_cams_groups_using_subcommand man" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand man" -s h -l help -d 'Print help'
complete -c cams-groups -n "__fish_cams_groups_using_subcommand help" -l error-format -d 'Form of errors and warnings on stderr: json writes an object a line' -r -f -a "text\t''
json\t''"
complete -c cams-groups -n "__fish_cams_groups_using_subcommand help" -s h -l help -d 'Print help'
