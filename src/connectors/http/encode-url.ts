/** What a parameter of a query or a form may be; null is left out, a list gives the parameter several times. */
export type QueryValue = string | null | readonly (string | null)[]

export type Query = Readonly<Record<string, QueryValue>>

/** Parameters as a form or a query has them: percent-encoded, a space as a plus. */
export function encodeQuery(query: Query): string {
  return Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => [name, item] as const))
    .flatMap(([name, value]) => (value === null ? [] : [`${formText(name)}=${formText(value)}`]))
    .join('&')
}

/** An address with a query put behind the one it has, and with every sign that may not stand in an address escaped. */
export function urlWithQuery(url: string, query: Query): string {
  const encoded = encodeQuery(query)
  const hash = url.indexOf('#')
  const [address, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)]
  const joined = encoded === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${encoded}`
  return escapeAddress(joined.replace(/\?&/, '?') + fragment)
}

/** An address and what is relative to it, as a browser joins them; two slashes and another scheme replace all. */
export function joinUrl(base: string, path: string): string {
  if (path === '') return base
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return path
  const root = base.endsWith('/') ? base : `${base}/`
  const origin = /^([a-z][a-z0-9+.-]*:)\/\/[^/?#]*/i.exec(root)
  if (path.startsWith('//')) return `${origin?.[1] ?? ''}${path}`
  if (path.startsWith('/')) return `${origin?.[0] ?? ''}${path}`
  if (path.startsWith('?')) return root.replace(/[?#].*$/, '') + path
  return withoutDots(root.replace(/[?#].*$/, '').replace(/[^/]*$/, ''), path)
}

function withoutDots(folder: string, path: string): string {
  const [, plain = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(path) ?? []
  if (!/(?:^|\/)\.\.?(?:\/|$)/.test(plain)) return folder + path
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(folder)?.[0] ?? ''
  const kept: string[] = []
  for (const part of `${folder.slice(origin.length)}${plain}`.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '.') kept.push(part)
  }
  return `${origin}${kept.join('/')}${rest}`
}

function formText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** Signs that have a meaning in an address stay, and so does what is escaped already. */
function escapeAddress(url: string): string {
  return url
    .replace(/%(?![0-9a-fA-F]{2})/g, '%25')
    .replace(/%([0-9a-fA-F]{2})/g, (whole, hex: string) => {
      const sign = String.fromCharCode(Number.parseInt(hex, 16))
      return /[A-Za-z0-9\-._~]/.test(sign) ? sign : whole.toUpperCase()
    })
    .replace(/[^A-Za-z0-9\-._~!#$%&'()*+,/:;=?@[\]]/gu, (sign) => encodeURIComponent(sign.toWellFormed()))
}
