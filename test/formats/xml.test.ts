import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

describe('XML', () => {
  it('makes columns of attributes, elements and text', async () => {
    const { scan, rows } = await fixture.stage(
      'a.xml',
      `<?xml version="1.0"?>
<orders ${XSI}>
  <order id="7" x:kind="a" xmlns:x="u"><name>J &amp; &#x4B;</name><at>2026-01-31</at><total>1.50</total><e/>
    <item sku="a">1</item><item sku="b">2</item><address><city>Köln</city><zip>050667</zip></address></order>
  <order id="8"><name><![CDATA[<b>]]></name><total>2</total><e xsi:nil="true"/><item sku="c">3</item></order>
  <order>text<!-- no --> of its own</order>
</orders>`,
      { lists: ['item'] },
    )
    expect(Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))).toEqual({
      ...{ _id: 'int64', _kind: 'text', name: 'text', at: 'date', total: 'float64', e: 'text' },
      ...{ item: 'json', address: 'json', _text: 'text' },
    })
    expect(rows).toMatchObject([
      {
        ...{ _id: 7, _kind: 'a', name: 'J & K', total: 1.5, e: null, _text: null },
        item: '[{"_sku":"a","_text":"1"},{"_sku":"b","_text":"2"}]',
        address: '{"city":"Köln","zip":"050667"}',
      },
      { _id: 8, name: '<b>', e: null, item: '[{"_sku":"c","_text":"3"}]', address: null },
      { _id: null, _text: 'text of its own' },
    ])
  })

  it('finds records by their path', async () => {
    const text = '<a><b><r><v>1</v></r></b><c><r><v>2</v></r><q><r><v>3</v></r></q></c></a>'
    const values = async (recordPath: string) =>
      (await fixture.stage('a.xml', text, { recordPath })).rows.map((row) => row['v'])
    expect(await values('/a/b/r')).toEqual([1])
    expect(await values('/a/*/r')).toEqual([1, 2])
    expect(await values('r')).toEqual([1, 2, 3])
    expect(await values('c/r')).toEqual([2])
    expect(await values('none')).toEqual([])
  })

  it('rejects records whose names would hide one another', async () => {
    const { rows, rejects } = await fixture.stage(
      'a.xml',
      `<a xmlns:p="u" xmlns:q="v">
<r><p:n>1</p:n><q:n>2</q:n></r>
<r p:k="1" q:k="2"/>
<r k="1"><_k>2</_k></r>
<r><n>3</n></r></a>`,
    )
    expect(rows).toMatchObject([{ n: 3 }])
    expect(rejects.map(({ record, line, byte, reason }) => [record, line, byte, reason])).toEqual([
      [1, 2, null, 'two elements have one name in different namespaces'],
      [2, 3, null, 'two attributes have one name in different namespaces'],
      [3, 4, null, 'an element has the name of an attribute’s column'],
    ])
  })

  it.each([
    ['a tag that is not closed', '<a><r><v>1</v></r><r></a>'],
    ['an end that is missing', '<a><r><v>1</v></r>'],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY x "1"><!ENTITY y "&x;&x;">]><a><r><v>&y;</v></r></a>'],
    ['an outside entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><r><v>&x;</v></r></a>'],
    ['a prefix without a namespace', '<a><r><p:v>1</p:v></r></a>'],
    ['something behind the root', '<a><r><v>1</v></r></a><b/>'],
    ['a text without end', `<a><r><v>${' '.repeat((64 << 20) + 1)}</v></r></a>`],
    ['nesting without end', `<a>${'<b>'.repeat(501)}${'</b>'.repeat(501)}</a>`],
  ])('that has %s is one rejected record', async (_, text) => {
    const { scan, rows, rejects, records } = await fixture.stage('a.xml', text)
    expect([scan.fields, rows, records]).toEqual([[], [], 1])
    expect(rejects).toMatchObject([{ record: 1, line: 1, byte: 0 }])
    expect(rejects[0]?.['reason']).toMatch(/at line 1/)
    expect(String(rejects[0]?.['reason'])).not.toContain('passwd')
  })

  it('is read in the encoding that it declares', async () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a><r><v>J\xf6rg</v></r></a>'
    expect((await fixture.stage('a.xml', Buffer.from(text, 'latin1'))).rows).toEqual([{ v: 'Jörg' }])
    const wide = Buffer.from('\ufeff<?xml version="1.0" encoding="utf-16"?><a><r><v>€</v></r></a>', 'utf16le')
    expect((await fixture.stage('a.xml', wide)).rows).toEqual([{ v: '€' }])
    const wrong = Buffer.from(text.replace('ISO-8859-1', 'UTF-8'), 'latin1')
    expect((await fixture.stage('a.xml', wrong)).rejects).toMatchObject([
      { reason: 'bytes that are not text in the encoding' },
    ])
  })

  it('gives back any texts', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((each) => !/[\p{Cc}\ufffe\uffff]/u.test(each) && each.isWellFormed())
    const escaped = (each: string) =>
      each.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (texts) => {
        const document = `<a>${texts.map((each) => `<r><v>${escaped(each)}</v></r>`).join('')}</a>`
        const { rows } = await fixture.stage('a.xml', document, { columns: { v: { kind: 'text' } } })
        expect(rows).toEqual(texts.map((v) => ({ v })))
      }),
      { numRuns: 30 },
    )
  })
})
