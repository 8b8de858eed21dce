/** The shells that there are scripts for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

const BASH = `# Completion of waterworks for bash: eval "$(waterworks completion bash)"
_waterworks() {
  local IFS=$'\\n' words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  # bash takes a colon for the end of a word; the words before and after it are one again here.
  local current=\${COMP_LINE:0:COMP_POINT}
  current=\${current##*[[:space:]]}
  if [[ $current == *:* ]]; then
    local -a whole
    IFS=$' \\t\\n' read -ra whole <<< "\${COMP_LINE:0:COMP_POINT}"
    words=("\${whole[@]:1}")
  fi
  COMPREPLY=($("\${COMP_WORDS[0]}" completion --words "\${words[@]}" 2>/dev/null))
  if [[ $current == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${current%:*}:"}")
  fi
}
complete -o default -F _waterworks waterworks ww
`

const ZSH = `#compdef waterworks ww
# Completion of waterworks for zsh: eval "$(waterworks completion zsh)"
_waterworks() {
  local -a found
  found=("\${(@f)$("\${words[1]}" completion --words "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then
    compadd -- "\${found[@]}"
  else
    _files
  fi
}
compdef _waterworks waterworks ww
`

const FISH = `# Completion of waterworks for fish: waterworks completion fish | source
function __waterworks_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] completion --words $words[2..-1] 2>/dev/null
end
complete -c waterworks -a '(__waterworks_complete)'
complete -c ww -a '(__waterworks_complete)'
`

/** A script that makes a shell ask `waterworks completion --words …` what may follow. */
export function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell]
}
