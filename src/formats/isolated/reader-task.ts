/** What a thread is to read, and what it gives of it, in pieces. */
export interface ReaderTasks {
  pdf: { readonly file: string; readonly pages: 'all' | 'none' }
  media: { readonly file: string; readonly exif: boolean }
}

/** First what there is to say of the document, then its pages. */
export type PdfPiece =
  | { readonly pages: number; readonly said: Readonly<Record<string, string | null>> }
  | { readonly page: number; readonly text: string }
  | { readonly page: number; readonly problem: string }

/** The streams of a file, each with its values by MediaInfo's names; and the columns of its EXIF block. */
export interface MediaPiece {
  readonly tracks: readonly Readonly<Record<string, string | number>>[]
  readonly exif: Readonly<Record<string, string>>
}

export interface ReaderPieces {
  pdf: PdfPiece
  media: MediaPiece
}

export type ReaderKind = keyof ReaderTasks

/** What comes out of the thread: a piece, the end, or why the file cannot be read. */
export type ReaderAnswer<Kind extends ReaderKind> =
  | { readonly piece: ReaderPieces[Kind] }
  | { readonly problem: string }
  | { readonly failure: string }
  | { readonly done: true }

/** The file is not what it should be; the message says why, without values of it. */
export class UnreadableFile extends Error {}
