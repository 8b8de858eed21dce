/** How the command is called here: under npm it is not on the PATH of the person's shell. */
export function programName(): string {
  return process.env['npm_execpath'] === undefined ? 'waterworks' : 'npx waterworks'
}
