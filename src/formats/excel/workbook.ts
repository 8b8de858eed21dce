import { open } from 'node:fs/promises'
import { basename, posix } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { ZipArchive } from '../zip/zip-archive.ts'
import { formatMoment, type MomentFormat } from './moment-format.ts'
import { readXml, readXmlWhole, type SaxHandlers } from './sax.ts'

/** A workbook of Office Open XML (ECMA-376): its sheets, and what their cells refer to. */
export interface Workbook {
  readonly sheets: readonly string[]
  /** Days count from 1904 and not from 1900. */
  readonly from1904: boolean
  /** Texts that cells name by number. */
  readonly strings: readonly string[]
  /** How the numbers of a style are moments, by the number of the style. */
  readonly moments: readonly (MomentFormat | undefined)[]
  /** Reads a sheet, yielding as it goes. */
  sheet(name: string, handlers: SaxHandlers): AsyncGenerator<void>
}

/** All texts of a workbook together may have so many characters: they are held in memory. */
const MOST_TEXT = 512 << 20

/** Opens a workbook. Throws WW4002 when it is none or a damaged one, WW4012 when it is protected or of the old binary form. */
export async function openWorkbook(file: string): Promise<Workbook> {
  await refuseOldForm(file)
  const archive = await ZipArchive.open(file)
  const broken = (cause?: unknown) =>
    new WaterworksError('WW4002', { message: `${basename(file)}: not a workbook, or a damaged one`, cause })
  const part = (name: string): AsyncIterable<Buffer> => {
    const entry = archive.entry(name)
    if (entry === undefined) throw broken()
    return archive.content(entry)
  }
  const whole = async (name: string, handlers: SaxHandlers) => {
    try {
      await readXmlWhole(part(name), handlers)
    } catch (error) {
      throw error instanceof WaterworksError ? error : broken(error)
    }
  }
  const main = await mainPart(whole)
  const folder = posix.dirname(main)
  const targets = new Map<string, string>()
  await whole(`${folder}/_rels/${posix.basename(main)}.rels`, relationships(targets, folder))
  const sheets = new Map<string, string>()
  let from1904 = false
  await whole(main, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '')
      const target = name === 'sheet' ? targets.get(attribute('r:id') ?? '') : undefined
      if (target !== undefined) sheets.set(attribute('name') ?? '', target)
    },
  })
  const other = (ending: string) => [...targets.values()].find((target) => target.endsWith(ending))
  const strings = other('/sharedStrings.xml')
  const styles = other('/styles.xml')
  return {
    sheets: [...sheets.keys()],
    from1904,
    strings: strings === undefined ? [] : await readStrings(strings, whole),
    moments: styles === undefined ? [] : await readMoments(styles, whole),
    async *sheet(name, handlers) {
      try {
        yield* readXml(part(sheets.get(name) ?? ''), handlers)
      } catch (error) {
        throw error instanceof WaterworksError ? error : broken(error)
      }
    },
  }
}

type ReadWhole = (name: string, handlers: SaxHandlers) => Promise<void>

async function mainPart(whole: ReadWhole): Promise<string> {
  let main = 'xl/workbook.xml'
  await whole('_rels/.rels', {
    open(name, attribute) {
      if (name === 'Relationship' && attribute('Type')?.endsWith('/officeDocument')) {
        main = (attribute('Target') ?? main).replace(/^\//, '')
      }
    },
  })
  return main
}

function relationships(targets: Map<string, string>, folder: string): SaxHandlers {
  return {
    open(name, attribute) {
      const [id, target] = [attribute('Id'), attribute('Target')]
      if (name !== 'Relationship' || id === undefined || target === undefined) return
      targets.set(id, target.startsWith('/') ? target.slice(1) : posix.join(folder, target))
    },
  }
}

/** Texts in order; of one with several formats all runs together, without readings of its characters. */
async function readStrings(name: string, whole: ReadWhole): Promise<readonly string[]> {
  const strings: string[] = []
  let [current, inText, inReading, total] = ['', false, false, 0]
  await whole(name, {
    open(element) {
      if (element === 'si') current = ''
      else if (element === 't') inText = true
      else if (element === 'rPh') inReading = true
    },
    text(text) {
      if (!inText || inReading) return
      current += text
      total += text.length
      if (total > MOST_TEXT) throw new Error('its texts are too long together')
    },
    close(element) {
      if (element === 'si') strings.push(current)
      else if (element === 't') inText = false
      else if (element === 'rPh') inReading = false
    },
  })
  return strings
}

async function readMoments(name: string, whole: ReadWhole): Promise<readonly (MomentFormat | undefined)[]> {
  const codes = new Map<number, string>()
  const moments: (MomentFormat | undefined)[] = []
  let inCells = false
  await whole(name, {
    open(element, attribute) {
      if (element === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
      else if (element === 'cellXfs') inCells = true
      else if (element === 'xf' && inCells) moments.push(formatMoment(Number(attribute('numFmtId')), codes))
    },
    close(element) {
      if (element === 'cellXfs') inCells = false
    },
  })
  return moments
}

/** Encrypted workbooks and those of Excel before 2007 are compound files. */
async function refuseOldForm(file: string): Promise<void> {
  const handle = await open(file)
  const start = Buffer.alloc(4)
  try {
    await handle.read(start, 0, 4, 0)
  } finally {
    await handle.close()
  }
  if (start.readUInt32BE(0) !== 0xd0cf11e0) return
  throw new WaterworksError('WW4012', {
    message: `${basename(file)} is protected by a password, or a workbook of Excel before 2007`,
    hint: 'Save it as .xlsx without a password.',
  })
}
