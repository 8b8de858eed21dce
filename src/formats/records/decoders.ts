import type { FileScan, RecordScan } from '../file-scan.ts'
import type { RecordDecoder } from './record-decoder.ts'

export type RecordFormat = RecordScan['format']

/** Each format's decoder, which is read, with its libraries, when a file of the format is. */
const decoders: { readonly [F in RecordFormat]: () => Promise<unknown> } = {
  'fixed-width': async () => (await import('../lines/fixed-width.ts')).fixedWidthDecoder,
  regex: async () => (await import('../lines/regex.ts')).regexDecoder,
  'common-log': async () => (await import('../lines/access-log.ts')).commonLogDecoder,
  'combined-log': async () => (await import('../lines/access-log.ts')).combinedLogDecoder,
  xml: async () => (await import('../xml/xml-decoder.ts')).xmlDecoder,
  yaml: async () => (await import('../yaml/yaml-decoder.ts')).yamlDecoder,
  text: async () => (await import('../lines/text-document.ts')).textDocumentDecoder,
  pdf: async () => (await import('../pdf/pdf-decoder.ts')).pdfDecoder,
  image: async () => (await import('../media/media-decoder.ts')).imageDecoder,
  audio: async () => (await import('../media/media-decoder.ts')).audioDecoder,
  video: async () => (await import('../media/media-decoder.ts')).videoDecoder,
  orc: async () => (await import('../orc/orc-decoder.ts')).orcDecoder,
  protobuf: async () => (await import('../protobuf/protobuf-decoder.ts')).protobufDecoder,
  excel: async () => (await import('../excel/excel-decoder.ts')).excelDecoder,
  avro: async () => (await import('../avro/avro-decoder.ts')).avroDecoder,
  syslog: async () => (await import('../lines/syslog.ts')).syslogDecoder,
}

export function isRecordFormat(format: string): format is RecordFormat {
  return Object.hasOwn(decoders, format)
}

export function isRecordScan(scan: FileScan): scan is RecordScan & FileScan {
  return isRecordFormat(scan.format)
}

/** The decoder of a format. */
export async function decoderOf(format: RecordFormat): Promise<RecordDecoder> {
  // A decoder is asked for scans of its own format only: those that `outline` gave, or that were kept under its name.
  return (await decoders[format]()) as RecordDecoder
}
