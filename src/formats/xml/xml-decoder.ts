import { openText, readTextStart } from '../bytes/open-text.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { XmlScan } from '../file-scan.ts'
import type { DecodedRecord } from '../records/decoded-record.ts'
import { DocumentDefect } from '../records/document-defect.ts'
import { outlineText } from '../records/outline-text.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { declaredEncoding } from './declared-encoding.ts'
import { XmlReader } from './xml-reader.ts'

/**
 * XML: each element that `records` leads to is a record, as are the children of the root unless it is given. A document that is not
 * well-formed is one rejected record. Nothing outside the document is fetched, and no entity is expanded but XML's own five.
 */
export const xmlDecoder: RecordDecoder<XmlScan> = {
  async outline(file, options) {
    const { compression, encoding } = await outlineText(file, options)
    const said =
      options.encoding === undefined && encoding === 'utf-8'
        ? await declaredEncoding(file, compression)
        : encoding
    const { recordPath = null, lists = [] } = options
    return {
      scan: { format: 'xml', compression, encoding: said, recordPath, lists, fields: [] },
      typed: false,
    }
  },
  async *decode(file, scan) {
    const { chunks } = await openText(file, scan)
    let records: DecodedRecord[] = []
    const reader = new XmlReader(scan, (record) => records.push(record))
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const give = (): DecodedRecord[] => {
      const given = records
      records = []
      return given
    }
    const push = async (work: () => void): Promise<void> => {
      try {
        work()
      } catch (error) {
        const problem =
          error instanceof TypeError ? 'bytes that are not text in the encoding' : reader.problem
        if (problem === undefined) throw error
        throw new DocumentDefect(problem, await readTextStart(file, scan, LONGEST_RAW))
      }
    }
    for await (const chunk of chunks) {
      await push(() => reader.push(decoder.decode(chunk, { stream: true })))
      yield give()
    }
    await push(() => {
      reader.push(decoder.decode())
      reader.end()
    })
    yield give()
  },
}
