_cams__groups() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="cams__groups"
                ;;
            cams__groups,audit)
                cmd="cams__groups__subcmd__audit"
                ;;
            cams__groups,completions)
                cmd="cams__groups__subcmd__completions"
                ;;
            cams__groups,config)
                cmd="cams__groups__subcmd__config"
                ;;
            cams__groups,diff)
                cmd="cams__groups__subcmd__diff"
                ;;
            cams__groups,doctor)
                cmd="cams__groups__subcmd__doctor"
                ;;
            cams__groups,help)
                cmd="cams__groups__subcmd__help"
                ;;
            cams__groups,list)
                cmd="cams__groups__subcmd__list"
                ;;
            cams__groups,man)
                cmd="cams__groups__subcmd__man"
                ;;
            cams__groups,sandbox)
                cmd="cams__groups__subcmd__sandbox"
                ;;
            cams__groups,wait)
                cmd="cams__groups__subcmd__wait"
                ;;
            cams__groups__subcmd__config,init)
                cmd="cams__groups__subcmd__config__subcmd__init"
                ;;
            cams__groups__subcmd__config,path)
                cmd="cams__groups__subcmd__config__subcmd__path"
                ;;
            cams__groups__subcmd__config,profiles)
                cmd="cams__groups__subcmd__config__subcmd__profiles"
                ;;
            cams__groups__subcmd__config,show)
                cmd="cams__groups__subcmd__config__subcmd__show"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        cams__groups)
            opts="-h -V --error-format --help --version list audit diff wait doctor config sandbox completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__audit)
            opts="-o -p -q -v -h --business-number --space-id --targets --all-targets --allow-status --require-status --stuck-after --min-groups --max-groups --min-participants --max-participants --no-full --no-empty --require-link --forbid-link --link-host --subject --forbid-subject --unique-subjects --require-description --require-picture --role --baseline --ignore --drift --participants-change --policy --init-policy --list-rules --warn --fail-on --output --report --profile --config --region --endpoint --signature --ca-file --timeout --deadline --retries --passes --concurrency --max-rps --quiet --verbose --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --business-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --space-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --targets)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --allow-status)
                    COMPREPLY=($(compgen -P "$([[ $cur == *,* ]] && echo "${cur%,*},")" -W "ACTIVE INACTIVE SUSPENDED CREATING DELETING UPDATING" -- "${cur##*,}"))
                    return 0
                    ;;
                --require-status)
                    COMPREPLY=($(compgen -P "$([[ $cur == *,* ]] && echo "${cur%,*},")" -W "ACTIVE INACTIVE SUSPENDED CREATING DELETING UPDATING" -- "${cur##*,}"))
                    return 0
                    ;;
                --stuck-after)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --min-groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --min-participants)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-participants)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --link-host)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --subject)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --forbid-subject)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --role)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --baseline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --ignore)
                    COMPREPLY=($(compgen -W "id subject description status number invite-link picture link participants type role updated" -- "${cur}"))
                    return 0
                    ;;
                --drift)
                    COMPREPLY=($(compgen -W "gone new regressed invite-link participants other" -- "${cur}"))
                    return 0
                    ;;
                --participants-change)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --policy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --warn)
                    COMPREPLY=($(compgen -W "status unknown-status stuck groups participants invite-link subject duplicate-subject description picture business-number role drift" -- "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "error warning never" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table json junit github gitlab markdown html" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table json junit github gitlab markdown html" -- "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --region)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --endpoint)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signature)
                    COMPREPLY=($(compgen -W "acs3-hmac-sha256 hmac-sha1" -- "${cur}"))
                    return 0
                    ;;
                --ca-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --deadline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --retries)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --passes)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --concurrency)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-rps)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__completions)
            opts="-h --error-format --help bash elvish fish nushell powershell zsh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__config)
            opts="-h --error-format --help path show profiles init"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__config__subcmd__init)
            opts="-p -h --config --profile --business-number --space-id --region --access-key-id --access-key-secret-stdin --aliyun-profile --no-key --force --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --business-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --space-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --region)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --access-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --aliyun-profile)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__config__subcmd__path)
            opts="-h --config --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__config__subcmd__profiles)
            opts="-p -o -h --profile --config --output --names --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__config__subcmd__show)
            opts="-p -o -h --profile --config --output --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__diff)
            opts="-o -p -q -v -h --ignore --output --business-number --space-id --targets --all-targets --profile --config --region --endpoint --signature --ca-file --timeout --deadline --retries --passes --concurrency --max-rps --quiet --verbose --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --ignore)
                    COMPREPLY=($(compgen -W "id subject description status number invite-link picture link participants type role updated" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table json markdown" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table json markdown" -- "${cur}"))
                    return 0
                    ;;
                --business-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --space-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --targets)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --region)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --endpoint)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signature)
                    COMPREPLY=($(compgen -W "acs3-hmac-sha256 hmac-sha1" -- "${cur}"))
                    return 0
                    ;;
                --ca-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --deadline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --retries)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --passes)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --concurrency)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-rps)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__doctor)
            opts="-p -o -h --business-number --space-id --profile --config --region --endpoint --signature --ca-file --timeout --output --color --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --business-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --space-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --region)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --endpoint)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signature)
                    COMPREPLY=($(compgen -W "acs3-hmac-sha256 hmac-sha1" -- "${cur}"))
                    return 0
                    ;;
                --ca-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__help)
            opts="-h --error-format --help list audit diff wait doctor config sandbox completions man exit-codes environment output credentials"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__list)
            opts="-o -O -q -v -p -h --business-number --space-id --targets --all-targets --status --match --full --empty --min-participants --max-participants --subject --channel-type --group-type --group-link --page-size --page --limit --allow-incomplete --columns --sort --no-header --excel --redact --summary --jq --output --watch --output-file --dry-run --trace-file --count --color --quiet --verbose --profile --config --sandbox --region --endpoint --signature --ca-file --timeout --deadline --retries --passes --concurrency --max-rps --help --error-format"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --business-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --space-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --targets)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -P "$([[ $cur == *,* ]] && echo "${cur%,*},")" -W "ACTIVE INACTIVE SUSPENDED CREATING DELETING UPDATING" -- "${cur##*,}"))
                    return 0
                    ;;
                --match)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --min-participants)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-participants)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --subject)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --channel-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --group-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --group-link)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --page-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --page)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --limit)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -P "$([[ $cur == *,* ]] && echo "${cur%,*},")" -W "id subject description status number invite-link picture link participants type role updated target space" -- "${cur##*,}"))
                    return 0
                    ;;
                --sort)
                    COMPREPLY=($(compgen -P "$([[ $cur == *,* ]] && echo "${cur%,*},")" -W "id subject description status number invite-link picture link participants type role updated target space" -- "${cur##*,}"))
                    return 0
                    ;;
                --jq)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json jsonl csv tsv markdown ids" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json jsonl csv tsv markdown ids" -- "${cur}"))
                    return 0
                    ;;
                --watch)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -O)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trace-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --region)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --endpoint)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signature)
                    COMPREPLY=($(compgen -W "acs3-hmac-sha256 hmac-sha1" -- "${cur}"))
                    return 0
                    ;;
                --ca-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --deadline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --retries)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --passes)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --concurrency)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-rps)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__man)
            opts="-h --dir --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__sandbox)
            opts="-h --port --groups --data --targets --latency --settle --jitter --fault --rate-limit --max-page-size --cap-page-size --drift --total --skew --lifetime --seed --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --targets)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --latency)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --settle)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --jitter)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --fault)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rate-limit)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-page-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cap-page-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --drift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --total)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --skew)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lifetime)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --seed)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        cams__groups__subcmd__wait)
            opts="-o -p -q -v -h --group-id --subject --all --for --timeout --interval --output --business-number --space-id --profile --config --region --endpoint --signature --ca-file --quiet --verbose --error-format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --group-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --subject)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --for)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json jsonl csv tsv markdown ids" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json jsonl csv tsv markdown ids" -- "${cur}"))
                    return 0
                    ;;
                --business-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --space-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                -p)
                    mapfile -t COMPREPLY < <(cams-groups config profiles --names 2>/dev/null | while IFS= read -r it; do [[ $it == "$cur"* ]] && printf '%q\n' "$it"; done)
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --region)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --endpoint)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signature)
                    COMPREPLY=($(compgen -W "acs3-hmac-sha256 hmac-sha1" -- "${cur}"))
                    return 0
                    ;;
                --ca-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --error-format)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _cams__groups -o nosort -o bashdefault -o default cams-groups
else
    complete -F _cams__groups -o bashdefault -o default cams-groups
fi
