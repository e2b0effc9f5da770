
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'cams-groups' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'cams-groups'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'cams-groups' {
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every group of a business number')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Hold all groups against rules, for CI')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two snapshots, or one with the groups that there are now')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Wait until groups are active, gone, or of some size')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check all that a listing needs, and say how to mend it')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show or write the configuration')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Serve a stand-in for the API on this machine, to try things out')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all pages to a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print help of a command, or about a topic')
            break
        }
        'cams-groups;list' {
            [CompletionResult]::new('--business-number', '--business-number', [CompletionResultType]::ParameterName, 'Business number whose groups to list, digits only')
            [CompletionResult]::new('--space-id', '--space-id', [CompletionResultType]::ParameterName, 'Space (channel) ID that the number belongs to, such as cams-8c8vr')
            [CompletionResult]::new('--targets', '--targets', [CompletionResultType]::ParameterName, 'Every target of this file, in place of one number; - is standard input')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only groups of these statuses, in any case (can be repeated)')
            [CompletionResult]::new('--match', '--match', [CompletionResultType]::ParameterName, 'Only groups whose subject this regular expression finds something in')
            [CompletionResult]::new('--min-participants', '--min-participants', [CompletionResultType]::ParameterName, 'Only groups of at least so many participants')
            [CompletionResult]::new('--max-participants', '--max-participants', [CompletionResultType]::ParameterName, 'Only groups of at most so many participants')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, 'Only groups whose subject the API matches with this text')
            [CompletionResult]::new('--channel-type', '--channel-type', [CompletionResultType]::ParameterName, 'Only groups of this channel; the API documents WHATSAPP')
            [CompletionResult]::new('--group-type', '--group-type', [CompletionResultType]::ParameterName, 'Only Telegram groups of this type')
            [CompletionResult]::new('--group-link', '--group-link', [CompletionResultType]::ParameterName, 'Only the Telegram group with this link')
            [CompletionResult]::new('--page-size', '--page-size', [CompletionResultType]::ParameterName, 'Groups to ask for at a time, 1 to 1000 [default: 100, with --page 20]')
            [CompletionResult]::new('--page', '--page', [CompletionResultType]::ParameterName, 'This page only, counted from 1; without it all pages are read')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Stop after this many groups')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Fields to show, in this order, such as id,subject,status')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Order by a field: FIELD, or FIELD:desc for the largest first')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Run a jq expression over the listing, as -o json has it; needs no jq')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of the listing [default: table]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of the listing [default: table]')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'List every 30s, or TIME, until Ctrl-C, and show what changes')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'Write the listing to this file, which is replaced only on success')
            [CompletionResult]::new('--output-file', '--output-file', [CompletionResultType]::ParameterName, 'Write the listing to this file, which is replaced only on success')
            [CompletionResult]::new('--trace-file', '--trace-file', [CompletionResultType]::ParameterName, 'Write all requests and replies of the run to this file, for support')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region whose endpoint to ask [default: ap-southeast-1]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Endpoint to ask: host, host:port or URL; wins over the region')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'How to sign requests [default: acs3-hmac-sha256]')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates in PEM to trust besides the system''s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time that one request may take, such as 30s or 500ms [default: 30s]')
            [CompletionResult]::new('--deadline', '--deadline', [CompletionResultType]::ParameterName, 'Time that the whole run may take, up to 1h [default: no limit]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Ask again up to this often for a page that failed')
            [CompletionResult]::new('--passes', '--passes', [CompletionResultType]::ParameterName, 'Read all pages up to this often until the listing settles')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Ask for up to this many pages at once; fewer while the API throttles')
            [CompletionResult]::new('--max-rps', '--max-rps', [CompletionResultType]::ParameterName, 'Send no more than this many requests a second [default: no limit]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('--all-targets', '--all-targets', [CompletionResultType]::ParameterName, 'Every target of the profile, in place of one number')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Only WhatsApp groups without room: 8 participants')
            [CompletionResult]::new('--empty', '--empty', [CompletionResultType]::ParameterName, 'Only groups without participants')
            [CompletionResult]::new('--allow-incomplete', '--allow-incomplete', [CompletionResultType]::ParameterName, 'Take a listing that does not settle: warn, print, and exit with 0')
            [CompletionResult]::new('--no-header', '--no-header', [CompletionResultType]::ParameterName, 'Leave out the names of the columns')
            [CompletionResult]::new('--excel', '--excel', [CompletionResultType]::ParameterName, 'For spreadsheets: csv or tsv that begins with a mark and runs no formula')
            [CompletionResult]::new('--redact', '--redact', [CompletionResultType]::ParameterName, 'Mask invite links and business numbers, for logs that others read')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'Show only how many groups there are of each status and size')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the request that would be sent, and send nothing')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print only how many groups there are, by the API''s own count')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'List the demo groups of a sandbox that runs inside this command')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help; -h is the short one')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help; -h is the short one')
            break
        }
        'cams-groups;audit' {
            [CompletionResult]::new('--business-number', '--business-number', [CompletionResultType]::ParameterName, 'Business number whose groups to list, digits only')
            [CompletionResult]::new('--space-id', '--space-id', [CompletionResultType]::ParameterName, 'Space (channel) ID that the number belongs to, such as cams-8c8vr')
            [CompletionResult]::new('--targets', '--targets', [CompletionResultType]::ParameterName, 'Every target of this file, in place of one number; - is standard input')
            [CompletionResult]::new('--allow-status', '--allow-status', [CompletionResultType]::ParameterName, 'Every group has one of these statuses (can be repeated)')
            [CompletionResult]::new('--require-status', '--require-status', [CompletionResultType]::ParameterName, 'Some group has each of these statuses')
            [CompletionResult]::new('--stuck-after', '--stuck-after', [CompletionResultType]::ParameterName, 'No group is CREATING, UPDATING or DELETING for longer than this')
            [CompletionResult]::new('--min-groups', '--min-groups', [CompletionResultType]::ParameterName, 'There are at least so many groups, of all or of a status (can be repeated)')
            [CompletionResult]::new('--max-groups', '--max-groups', [CompletionResultType]::ParameterName, 'There are at most so many groups, of all or of a status (can be repeated)')
            [CompletionResult]::new('--min-participants', '--min-participants', [CompletionResultType]::ParameterName, 'Every group has at least so many participants')
            [CompletionResult]::new('--max-participants', '--max-participants', [CompletionResultType]::ParameterName, 'Every group has at most so many participants')
            [CompletionResult]::new('--link-host', '--link-host', [CompletionResultType]::ParameterName, 'Every invite link leads to one of these hosts (can be repeated)')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, 'Every subject matches this regular expression (can be repeated)')
            [CompletionResult]::new('--forbid-subject', '--forbid-subject', [CompletionResultType]::ParameterName, 'No subject matches this regular expression (can be repeated)')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'The bot''s role in every Telegram group is one of these (can be repeated)')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Nothing differs from this snapshot, which list -o json wrote; - is standard input')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Fields that may differ from the baseline')
            [CompletionResult]::new('--drift', '--drift', [CompletionResultType]::ParameterName, 'Kinds of difference from the baseline that count [default: all]')
            [CompletionResult]::new('--participants-change', '--participants-change', [CompletionResultType]::ParameterName, 'Participants of a group may change by up to this from the baseline')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Rules, levels and exceptions as a TOML file; flags outweigh it')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Rules whose findings only warn')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'What ends with exit code 1: error, warning or never')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of the report on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of the report on stdout')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a report to a file as well, such as junit=audit.xml (can be repeated)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region whose endpoint to ask [default: ap-southeast-1]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Endpoint to ask: host, host:port or URL; wins over the region')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'How to sign requests [default: acs3-hmac-sha256]')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates in PEM to trust besides the system''s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time that one request may take, such as 30s or 500ms [default: 30s]')
            [CompletionResult]::new('--deadline', '--deadline', [CompletionResultType]::ParameterName, 'Time that the whole run may take, up to 1h [default: no limit]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Ask again up to this often for a page that failed')
            [CompletionResult]::new('--passes', '--passes', [CompletionResultType]::ParameterName, 'Read all pages up to this often until the listing settles')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Ask for up to this many pages at once; fewer while the API throttles')
            [CompletionResult]::new('--max-rps', '--max-rps', [CompletionResultType]::ParameterName, 'Send no more than this many requests a second [default: no limit]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('--all-targets', '--all-targets', [CompletionResultType]::ParameterName, 'Every target of the profile, in place of one number')
            [CompletionResult]::new('--no-full', '--no-full', [CompletionResultType]::ParameterName, 'No WhatsApp group is full: 8 participants')
            [CompletionResult]::new('--no-empty', '--no-empty', [CompletionResultType]::ParameterName, 'No group is without participants')
            [CompletionResult]::new('--require-link', '--require-link', [CompletionResultType]::ParameterName, 'Every group has an invite link')
            [CompletionResult]::new('--forbid-link', '--forbid-link', [CompletionResultType]::ParameterName, 'No group has an invite link')
            [CompletionResult]::new('--unique-subjects', '--unique-subjects', [CompletionResultType]::ParameterName, 'No two groups have the same subject')
            [CompletionResult]::new('--require-description', '--require-description', [CompletionResultType]::ParameterName, 'Every group has a description')
            [CompletionResult]::new('--require-picture', '--require-picture', [CompletionResultType]::ParameterName, 'Every group has a picture')
            [CompletionResult]::new('--init-policy', '--init-policy', [CompletionResultType]::ParameterName, 'Print a policy with a comment on every key, and audit nothing')
            [CompletionResult]::new('--list-rules', '--list-rules', [CompletionResultType]::ParameterName, 'Print every rule with what it is about, and audit nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;diff' {
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Fields whose changes do not count, such as updated,participants')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of what differs')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of what differs')
            [CompletionResult]::new('--business-number', '--business-number', [CompletionResultType]::ParameterName, 'Business number whose groups to list, digits only')
            [CompletionResult]::new('--space-id', '--space-id', [CompletionResultType]::ParameterName, 'Space (channel) ID that the number belongs to, such as cams-8c8vr')
            [CompletionResult]::new('--targets', '--targets', [CompletionResultType]::ParameterName, 'Every target of this file, in place of one number; - is standard input')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region whose endpoint to ask [default: ap-southeast-1]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Endpoint to ask: host, host:port or URL; wins over the region')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'How to sign requests [default: acs3-hmac-sha256]')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates in PEM to trust besides the system''s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time that one request may take, such as 30s or 500ms [default: 30s]')
            [CompletionResult]::new('--deadline', '--deadline', [CompletionResultType]::ParameterName, 'Time that the whole run may take, up to 1h [default: no limit]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Ask again up to this often for a page that failed')
            [CompletionResult]::new('--passes', '--passes', [CompletionResultType]::ParameterName, 'Read all pages up to this often until the listing settles')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Ask for up to this many pages at once; fewer while the API throttles')
            [CompletionResult]::new('--max-rps', '--max-rps', [CompletionResultType]::ParameterName, 'Send no more than this many requests a second [default: no limit]')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('--all-targets', '--all-targets', [CompletionResultType]::ParameterName, 'Every target of the profile, in place of one number')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;wait' {
            [CompletionResult]::new('--group-id', '--group-id', [CompletionResultType]::ParameterName, 'The group with this id (can be repeated)')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, 'The groups with exactly this subject')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'What they must be: a status, gone, participants>=N or participants<=N')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait at most, up to 24h')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'How long to rest between looks; longer while nothing changes')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of the groups that are shown at the end')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of the groups that are shown at the end')
            [CompletionResult]::new('--business-number', '--business-number', [CompletionResultType]::ParameterName, 'Business number whose groups to list, digits only')
            [CompletionResult]::new('--space-id', '--space-id', [CompletionResultType]::ParameterName, 'Space (channel) ID that the number belongs to, such as cams-8c8vr')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region whose endpoint to ask [default: ap-southeast-1]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Endpoint to ask: host, host:port or URL; wins over the region')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'How to sign requests [default: acs3-hmac-sha256]')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates in PEM to trust besides the system''s')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All groups')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors, and what is doubtful about the listing')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on stderr what happens; twice, with parameters')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;doctor' {
            [CompletionResult]::new('--business-number', '--business-number', [CompletionResultType]::ParameterName, 'Business number whose groups to list, digits only')
            [CompletionResult]::new('--space-id', '--space-id', [CompletionResultType]::ParameterName, 'Space (channel) ID that the number belongs to, such as cams-8c8vr')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region whose endpoint to ask [default: ap-southeast-1]')
            [CompletionResult]::new('--endpoint', '--endpoint', [CompletionResultType]::ParameterName, 'Endpoint to ask: host, host:port or URL; wins over the region')
            [CompletionResult]::new('--signature', '--signature', [CompletionResultType]::ParameterName, 'How to sign requests [default: acs3-hmac-sha256]')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates in PEM to trust besides the system''s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time that one request may take, such as 30s or 500ms [default: 30s]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of the report')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of the report')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;config' {
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print where the configuration file is')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print the settings in effect, and where each comes from')
            [CompletionResult]::new('profiles', 'profiles', [CompletionResultType]::ParameterValue, 'Print the profiles, and whose key each has')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a configuration file')
            break
        }
        'cams-groups;config;path' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file, as for the other commands')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;config;show' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of what is shown')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of what is shown')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;config;profiles' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to use')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to read')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Form of what is shown')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Form of what is shown')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('--names', '--names', [CompletionResultType]::ParameterName, 'Print the names alone, one a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;config;init' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file to write')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Name of the profile')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Name of the profile')
            [CompletionResult]::new('--business-number', '--business-number', [CompletionResultType]::ParameterName, 'Business number whose groups to list, digits only')
            [CompletionResult]::new('--space-id', '--space-id', [CompletionResultType]::ParameterName, 'Space (channel) ID that the number belongs to, such as cams-8c8vr')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region whose endpoint to ask')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'AccessKey id to write; its secret is asked for, or read from stdin')
            [CompletionResult]::new('--aliyun-profile', '--aliyun-profile', [CompletionResultType]::ParameterName, 'Take the keys of this profile of the aliyun CLI, by reference')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('--access-key-secret-stdin', '--access-key-secret-stdin', [CompletionResultType]::ParameterName, 'Read the AccessKey secret from stdin, as its first line')
            [CompletionResult]::new('--no-key', '--no-key', [CompletionResultType]::ParameterName, 'Leave the keys to the environment, or to what else has some')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file that is there, with all its profiles')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;sandbox' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port on 127.0.0.1; 0 takes a free one')
            [CompletionResult]::new('--groups', '--groups', [CompletionResultType]::ParameterName, 'Number of demo groups to serve [default: 51]')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'JSON file with the groups to serve, as `list -o json` writes it')
            [CompletionResult]::new('--targets', '--targets', [CompletionResultType]::ParameterName, 'Answer for every target of this file besides, as `list --targets` takes it')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Time that each answer takes, such as 50ms')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'After this time, what is CREATING or UPDATING is ACTIVE, what is DELETING gone')
            [CompletionResult]::new('--jitter', '--jitter', [CompletionResultType]::ParameterName, 'Up to this much is added to the latency at random')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Let a share of requests fail, such as html=0.1 (can be repeated)')
            [CompletionResult]::new('--rate-limit', '--rate-limit', [CompletionResultType]::ParameterName, 'Throttle more requests than this within a second')
            [CompletionResult]::new('--max-page-size', '--max-page-size', [CompletionResultType]::ParameterName, 'Refuse larger pages [default: 100]')
            [CompletionResult]::new('--cap-page-size', '--cap-page-size', [CompletionResultType]::ParameterName, 'Cut larger pages without a word')
            [CompletionResult]::new('--drift', '--drift', [CompletionResultType]::ParameterName, 'Make or remove a group after this share of pages')
            [CompletionResult]::new('--total', '--total', [CompletionResultType]::ParameterName, 'Say this of the total: absent, negative, text, or how far it is off')
            [CompletionResult]::new('--skew', '--skew', [CompletionResultType]::ParameterName, 'Let the sandbox''s clock be ahead by this much')
            [CompletionResult]::new('--lifetime', '--lifetime', [CompletionResultType]::ParameterName, 'Let issued keys expire after this time, whatever is asked for')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The same faults for the same number')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;completions' {
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'cams-groups;man' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Directory to write cams-groups.1, cams-groups-list.1 and so on to')
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'cams-groups;help' {
            [CompletionResult]::new('--error-format', '--error-format', [CompletionResultType]::ParameterName, 'Form of errors and warnings on stderr: json writes an object a line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
