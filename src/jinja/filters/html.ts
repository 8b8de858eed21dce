const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}

/** Text with the five characters that mean something in HTML escaped, as MarkupSafe writes them. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

/** Text without comments and tags, its entities resolved and its white space folded, as MarkupSafe's striptags. */
export function stripTags(text: string): string {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '')
  const folded = bare.split(/\s+/).filter((word) => word !== '')
  return folded
    .join(' ')
    .replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (whole, name: string) => resolve(name) ?? whole)
}

function resolve(name: string): string | undefined {
  if (/^#x/i.test(name)) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
  if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
  return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }[name]
}
