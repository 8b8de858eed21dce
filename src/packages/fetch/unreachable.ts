const SIGNS =
  /Could not resolve host|Couldn't resolve host|unable to resolve|Name or service not known|Temporary failure in name resolution|Network is unreachable|Connection refused|Connection timed out|Failed to connect|No route to host|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_SOCKET/i

/** Whether a message of git, or the code of a failed connection, says that there is no way to the other side. */
export function isUnreachable(text: string): boolean {
  return SIGNS.test(text)
}
