module completions {

  def "nu-complete cams-groups error_format" [] {
    [ "text" "json" ]
  }

  # List the WhatsApp and Telegram groups of Alibaba Cloud Chat App Message Service
  export extern cams-groups [
    --error-format: string@"nu-complete cams-groups error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help
    --version(-V)             # Print version
  ]

  def "nu-complete cams-groups list status" [] {
    [ "ACTIVE" "INACTIVE" "SUSPENDED" "CREATING" "DELETING" "UPDATING" ]
  }

  def "nu-complete cams-groups list columns" [] {
    [ "id" "subject" "description" "status" "number" "invite-link" "picture" "link" "participants" "type" "role" "updated" "target" "space" ]
  }

  def "nu-complete cams-groups list sort" [] {
    [ "id" "subject" "description" "status" "number" "invite-link" "picture" "link" "participants" "type" "role" "updated" "target" "space" ]
  }

  def "nu-complete cams-groups list output" [] {
    [ "table" "wide" "json" "jsonl" "csv" "tsv" "markdown" "ids" ]
  }

  def "nu-complete cams-groups list color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete cams-groups list signature" [] {
    [ "acs3-hmac-sha256" "hmac-sha1" ]
  }

  def "nu-complete cams-groups list error_format" [] {
    [ "text" "json" ]
  }

  # List every group of a business number
  export extern "cams-groups list" [
    --business-number: string # Business number whose groups to list, digits only
    --space-id: string        # Space (channel) ID that the number belongs to, such as cams-8c8vr
    --targets: path           # Every target of this file, in place of one number; - is standard input
    --all-targets             # Every target of the profile, in place of one number
    --status: string@"nu-complete cams-groups list status" # Only groups of these statuses, in any case (can be repeated)
    --match: string           # Only groups whose subject this regular expression finds something in
    --full                    # Only WhatsApp groups without room: 8 participants
    --empty                   # Only groups without participants
    --min-participants: string # Only groups of at least so many participants
    --max-participants: string # Only groups of at most so many participants
    --subject: string         # Only groups whose subject the API matches with this text
    --channel-type: string    # Only groups of this channel; the API documents WHATSAPP
    --group-type: string      # Only Telegram groups of this type
    --group-link: string      # Only the Telegram group with this link
    --page-size: string       # Groups to ask for at a time, 1 to 1000 [default: 100, with --page 20]
    --page: string            # This page only, counted from 1; without it all pages are read
    --limit: string           # Stop after this many groups
    --allow-incomplete        # Take a listing that does not settle: warn, print, and exit with 0
    --columns: string@"nu-complete cams-groups list columns" # Fields to show, in this order, such as id,subject,status
    --sort: string@"nu-complete cams-groups list sort" # Order by a field: FIELD, or FIELD:desc for the largest first
    --no-header               # Leave out the names of the columns
    --excel                   # For spreadsheets: csv or tsv that begins with a mark and runs no formula
    --redact                  # Mask invite links and business numbers, for logs that others read
    --summary                 # Show only how many groups there are of each status and size
    --jq: string              # Run a jq expression over the listing, as -o json has it; needs no jq
    --output(-o): string@"nu-complete cams-groups list output" # Form of the listing [default: table]
    --watch: string           # List every 30s, or TIME, until Ctrl-C, and show what changes
    --output-file(-O): path   # Write the listing to this file, which is replaced only on success
    --dry-run                 # Print the request that would be sent, and send nothing
    --trace-file: path        # Write all requests and replies of the run to this file, for support
    --count                   # Print only how many groups there are, by the API's own count
    --color: string@"nu-complete cams-groups list color" # When to colour
    --quiet(-q)               # Say nothing but errors, and what is doubtful about the listing
    --verbose(-v)             # Say on stderr what happens; twice, with parameters
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --sandbox                 # List the demo groups of a sandbox that runs inside this command
    --region: string          # Region whose endpoint to ask [default: ap-southeast-1]
    --endpoint: string        # Endpoint to ask: host, host:port or URL; wins over the region
    --signature: string@"nu-complete cams-groups list signature" # How to sign requests [default: acs3-hmac-sha256]
    --ca-file: path           # Certificates in PEM to trust besides the system's
    --timeout: string         # Time that one request may take, such as 30s or 500ms [default: 30s]
    --deadline: string        # Time that the whole run may take, up to 1h [default: no limit]
    --retries: string         # Ask again up to this often for a page that failed
    --passes: string          # Read all pages up to this often until the listing settles
    --concurrency: string     # Ask for up to this many pages at once; fewer while the API throttles
    --max-rps: string         # Send no more than this many requests a second [default: no limit]
    --help(-h)                # Print help; -h is the short one
    --error-format: string@"nu-complete cams-groups list error_format" # Form of errors and warnings on stderr: json writes an object a line
  ]

  def "nu-complete cams-groups audit allow_status" [] {
    [ "ACTIVE" "INACTIVE" "SUSPENDED" "CREATING" "DELETING" "UPDATING" ]
  }

  def "nu-complete cams-groups audit require_status" [] {
    [ "ACTIVE" "INACTIVE" "SUSPENDED" "CREATING" "DELETING" "UPDATING" ]
  }

  def "nu-complete cams-groups audit ignore" [] {
    [ "id" "subject" "description" "status" "number" "invite-link" "picture" "link" "participants" "type" "role" "updated" ]
  }

  def "nu-complete cams-groups audit drift" [] {
    [ "gone" "new" "regressed" "invite-link" "participants" "other" ]
  }

  def "nu-complete cams-groups audit warn" [] {
    [ "status" "unknown-status" "stuck" "groups" "participants" "invite-link" "subject" "duplicate-subject" "description" "picture" "business-number" "role" "drift" ]
  }

  def "nu-complete cams-groups audit fail_on" [] {
    [ "error" "warning" "never" ]
  }

  def "nu-complete cams-groups audit output" [] {
    [ "table" "json" "junit" "github" "gitlab" "markdown" "html" ]
  }

  def "nu-complete cams-groups audit signature" [] {
    [ "acs3-hmac-sha256" "hmac-sha1" ]
  }

  def "nu-complete cams-groups audit error_format" [] {
    [ "text" "json" ]
  }

  # Hold all groups against rules, for CI
  export extern "cams-groups audit" [
    --business-number: string # Business number whose groups to list, digits only
    --space-id: string        # Space (channel) ID that the number belongs to, such as cams-8c8vr
    --targets: path           # Every target of this file, in place of one number; - is standard input
    --all-targets             # Every target of the profile, in place of one number
    --allow-status: string@"nu-complete cams-groups audit allow_status" # Every group has one of these statuses (can be repeated)
    --require-status: string@"nu-complete cams-groups audit require_status" # Some group has each of these statuses
    --stuck-after: string     # No group is CREATING, UPDATING or DELETING for longer than this
    --min-groups: string      # There are at least so many groups, of all or of a status (can be repeated)
    --max-groups: string      # There are at most so many groups, of all or of a status (can be repeated)
    --min-participants: string # Every group has at least so many participants
    --max-participants: string # Every group has at most so many participants
    --no-full                 # No WhatsApp group is full: 8 participants
    --no-empty                # No group is without participants
    --require-link            # Every group has an invite link
    --forbid-link             # No group has an invite link
    --link-host: string       # Every invite link leads to one of these hosts (can be repeated)
    --subject: string         # Every subject matches this regular expression (can be repeated)
    --forbid-subject: string  # No subject matches this regular expression (can be repeated)
    --unique-subjects         # No two groups have the same subject
    --require-description     # Every group has a description
    --require-picture         # Every group has a picture
    --role: string            # The bot's role in every Telegram group is one of these (can be repeated)
    --baseline: path          # Nothing differs from this snapshot, which list -o json wrote; - is standard input
    --ignore: string@"nu-complete cams-groups audit ignore" # Fields that may differ from the baseline
    --drift: string@"nu-complete cams-groups audit drift" # Kinds of difference from the baseline that count [default: all]
    --participants-change: string # Participants of a group may change by up to this from the baseline
    --policy: path            # Rules, levels and exceptions as a TOML file; flags outweigh it
    --init-policy             # Print a policy with a comment on every key, and audit nothing
    --list-rules              # Print every rule with what it is about, and audit nothing
    --warn: string@"nu-complete cams-groups audit warn" # Rules whose findings only warn
    --fail-on: string@"nu-complete cams-groups audit fail_on" # What ends with exit code 1: error, warning or never
    --output(-o): string@"nu-complete cams-groups audit output" # Form of the report on stdout
    --report: string          # Write a report to a file as well, such as junit=audit.xml (can be repeated)
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --region: string          # Region whose endpoint to ask [default: ap-southeast-1]
    --endpoint: string        # Endpoint to ask: host, host:port or URL; wins over the region
    --signature: string@"nu-complete cams-groups audit signature" # How to sign requests [default: acs3-hmac-sha256]
    --ca-file: path           # Certificates in PEM to trust besides the system's
    --timeout: string         # Time that one request may take, such as 30s or 500ms [default: 30s]
    --deadline: string        # Time that the whole run may take, up to 1h [default: no limit]
    --retries: string         # Ask again up to this often for a page that failed
    --passes: string          # Read all pages up to this often until the listing settles
    --concurrency: string     # Ask for up to this many pages at once; fewer while the API throttles
    --max-rps: string         # Send no more than this many requests a second [default: no limit]
    --quiet(-q)               # Say nothing but errors, and what is doubtful about the listing
    --verbose(-v)             # Say on stderr what happens; twice, with parameters
    --error-format: string@"nu-complete cams-groups audit error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups diff ignore" [] {
    [ "id" "subject" "description" "status" "number" "invite-link" "picture" "link" "participants" "type" "role" "updated" ]
  }

  def "nu-complete cams-groups diff output" [] {
    [ "table" "json" "markdown" ]
  }

  def "nu-complete cams-groups diff signature" [] {
    [ "acs3-hmac-sha256" "hmac-sha1" ]
  }

  def "nu-complete cams-groups diff error_format" [] {
    [ "text" "json" ]
  }

  # Compare two snapshots, or one with the groups that there are now
  export extern "cams-groups diff" [
    --ignore: string@"nu-complete cams-groups diff ignore" # Fields whose changes do not count, such as updated,participants
    --output(-o): string@"nu-complete cams-groups diff output" # Form of what differs
    --business-number: string # Business number whose groups to list, digits only
    --space-id: string        # Space (channel) ID that the number belongs to, such as cams-8c8vr
    --targets: path           # Every target of this file, in place of one number; - is standard input
    --all-targets             # Every target of the profile, in place of one number
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --region: string          # Region whose endpoint to ask [default: ap-southeast-1]
    --endpoint: string        # Endpoint to ask: host, host:port or URL; wins over the region
    --signature: string@"nu-complete cams-groups diff signature" # How to sign requests [default: acs3-hmac-sha256]
    --ca-file: path           # Certificates in PEM to trust besides the system's
    --timeout: string         # Time that one request may take, such as 30s or 500ms [default: 30s]
    --deadline: string        # Time that the whole run may take, up to 1h [default: no limit]
    --retries: string         # Ask again up to this often for a page that failed
    --passes: string          # Read all pages up to this often until the listing settles
    --concurrency: string     # Ask for up to this many pages at once; fewer while the API throttles
    --max-rps: string         # Send no more than this many requests a second [default: no limit]
    --quiet(-q)               # Say nothing but errors, and what is doubtful about the listing
    --verbose(-v)             # Say on stderr what happens; twice, with parameters
    --error-format: string@"nu-complete cams-groups diff error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
    old: path                 # Snapshot to compare: what list -o json or -o jsonl wrote; - is standard input
    new?: path                # Snapshot to compare it with; without one, the groups are listed
  ]

  def "nu-complete cams-groups wait output" [] {
    [ "table" "wide" "json" "jsonl" "csv" "tsv" "markdown" "ids" ]
  }

  def "nu-complete cams-groups wait signature" [] {
    [ "acs3-hmac-sha256" "hmac-sha1" ]
  }

  def "nu-complete cams-groups wait error_format" [] {
    [ "text" "json" ]
  }

  # Wait until groups are active, gone, or of some size
  export extern "cams-groups wait" [
    --group-id: string        # The group with this id (can be repeated)
    --subject: string         # The groups with exactly this subject
    --all                     # All groups
    --for: string             # What they must be: a status, gone, participants>=N or participants<=N
    --timeout: string         # How long to wait at most, up to 24h
    --interval: string        # How long to rest between looks; longer while nothing changes
    --output(-o): string@"nu-complete cams-groups wait output" # Form of the groups that are shown at the end
    --business-number: string # Business number whose groups to list, digits only
    --space-id: string        # Space (channel) ID that the number belongs to, such as cams-8c8vr
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --region: string          # Region whose endpoint to ask [default: ap-southeast-1]
    --endpoint: string        # Endpoint to ask: host, host:port or URL; wins over the region
    --signature: string@"nu-complete cams-groups wait signature" # How to sign requests [default: acs3-hmac-sha256]
    --ca-file: path           # Certificates in PEM to trust besides the system's
    --quiet(-q)               # Say nothing but errors, and what is doubtful about the listing
    --verbose(-v)             # Say on stderr what happens; twice, with parameters
    --error-format: string@"nu-complete cams-groups wait error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups doctor signature" [] {
    [ "acs3-hmac-sha256" "hmac-sha1" ]
  }

  def "nu-complete cams-groups doctor output" [] {
    [ "text" "json" ]
  }

  def "nu-complete cams-groups doctor color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete cams-groups doctor error_format" [] {
    [ "text" "json" ]
  }

  # Check all that a listing needs, and say how to mend it
  export extern "cams-groups doctor" [
    --business-number: string # Business number whose groups to list, digits only
    --space-id: string        # Space (channel) ID that the number belongs to, such as cams-8c8vr
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --region: string          # Region whose endpoint to ask [default: ap-southeast-1]
    --endpoint: string        # Endpoint to ask: host, host:port or URL; wins over the region
    --signature: string@"nu-complete cams-groups doctor signature" # How to sign requests [default: acs3-hmac-sha256]
    --ca-file: path           # Certificates in PEM to trust besides the system's
    --timeout: string         # Time that one request may take, such as 30s or 500ms [default: 30s]
    --output(-o): string@"nu-complete cams-groups doctor output" # Form of the report
    --color: string@"nu-complete cams-groups doctor color" # When to colour
    --error-format: string@"nu-complete cams-groups doctor error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups config error_format" [] {
    [ "text" "json" ]
  }

  # Show or write the configuration
  export extern "cams-groups config" [
    --error-format: string@"nu-complete cams-groups config error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help
  ]

  def "nu-complete cams-groups config path error_format" [] {
    [ "text" "json" ]
  }

  # Print where the configuration file is
  export extern "cams-groups config path" [
    --config: path            # Configuration file, as for the other commands
    --error-format: string@"nu-complete cams-groups config path error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups config show output" [] {
    [ "text" "json" ]
  }

  def "nu-complete cams-groups config show error_format" [] {
    [ "text" "json" ]
  }

  # Print the settings in effect, and where each comes from
  export extern "cams-groups config show" [
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --output(-o): string@"nu-complete cams-groups config show output" # Form of what is shown
    --error-format: string@"nu-complete cams-groups config show error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups config profiles output" [] {
    [ "text" "json" ]
  }

  def "nu-complete cams-groups config profiles error_format" [] {
    [ "text" "json" ]
  }

  # Print the profiles, and whose key each has
  export extern "cams-groups config profiles" [
    --profile(-p): string     # Profile to use
    --config: path            # Configuration file to read
    --output(-o): string@"nu-complete cams-groups config profiles output" # Form of what is shown
    --names                   # Print the names alone, one a line
    --error-format: string@"nu-complete cams-groups config profiles error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups config init error_format" [] {
    [ "text" "json" ]
  }

  # Write a configuration file
  export extern "cams-groups config init" [
    --config: path            # Configuration file to write
    --profile(-p): string     # Name of the profile
    --business-number: string # Business number whose groups to list, digits only
    --space-id: string        # Space (channel) ID that the number belongs to, such as cams-8c8vr
    --region: string          # Region whose endpoint to ask
    --access-key-id: string   # AccessKey id to write; its secret is asked for, or read from stdin
    --access-key-secret-stdin # Read the AccessKey secret from stdin, as its first line
    --aliyun-profile: string  # Take the keys of this profile of the aliyun CLI, by reference
    --no-key                  # Leave the keys to the environment, or to what else has some
    --force                   # Replace the file that is there, with all its profiles
    --error-format: string@"nu-complete cams-groups config init error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups sandbox error_format" [] {
    [ "text" "json" ]
  }

  # Serve a stand-in for the API on this machine, to try things out
  export extern "cams-groups sandbox" [
    --port: string            # Port on 127.0.0.1; 0 takes a free one
    --groups: string          # Number of demo groups to serve [default: 51]
    --data: path              # JSON file with the groups to serve, as `list -o json` writes it
    --targets: path           # Answer for every target of this file besides, as `list --targets` takes it
    --latency: string         # Time that each answer takes, such as 50ms
    --settle: string          # After this time, what is CREATING or UPDATING is ACTIVE, what is DELETING gone
    --jitter: string          # Up to this much is added to the latency at random
    --fault: string           # Let a share of requests fail, such as html=0.1 (can be repeated)
    --rate-limit: string      # Throttle more requests than this within a second
    --max-page-size: string   # Refuse larger pages [default: 100]
    --cap-page-size: string   # Cut larger pages without a word
    --drift: string           # Make or remove a group after this share of pages
    --total: string           # Say this of the total: absent, negative, text, or how far it is off
    --skew: string            # Let the sandbox's clock be ahead by this much
    --lifetime: string        # Let issued keys expire after this time, whatever is asked for
    --seed: string            # The same faults for the same number
    --error-format: string@"nu-complete cams-groups sandbox error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete cams-groups completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete cams-groups completions error_format" [] {
    [ "text" "json" ]
  }

  # Print the completion script of a shell
  export extern "cams-groups completions" [
    --error-format: string@"nu-complete cams-groups completions error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete cams-groups completions shell" # The shell to complete for
  ]

  def "nu-complete cams-groups man error_format" [] {
    [ "text" "json" ]
  }

  # Print the manual page, or write all pages to a directory
  export extern "cams-groups man" [
    --dir: path               # Directory to write cams-groups.1, cams-groups-list.1 and so on to
    --error-format: string@"nu-complete cams-groups man error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help
  ]

  def "nu-complete cams-groups help topic" [] {
    [ "list" "audit" "diff" "wait" "doctor" "config" "sandbox" "completions" "man" "exit-codes" "environment" "output" "credentials" ]
  }

  def "nu-complete cams-groups help error_format" [] {
    [ "text" "json" ]
  }

  # Print help of a command, or about a topic
  export extern "cams-groups help" [
    --error-format: string@"nu-complete cams-groups help error_format" # Form of errors and warnings on stderr: json writes an object a line
    --help(-h)                # Print help
    topic?: string@"nu-complete cams-groups help topic" # Command or topic
  ]

}

export use completions *
