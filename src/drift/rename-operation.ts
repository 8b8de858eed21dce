/** The operation of a stage that gives a column another name, as it stands in a pipeline's file. */
export function renameOperation(from: string, to: string): string {
  return `\`- rename: {${yamlName(from)}: ${yamlName(to)}}\``
}

/** Words that YAML could take for something else than text are put in quotes. */
function yamlName(name: string): string {
  const plain = /^[A-Za-z_]\w*$/.test(name) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(name)
  return plain ? name : JSON.stringify(name)
}
