import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/**
 * Seals what is to be kept with a key made of secrets that come from outside: whoever has the store alone can read nothing, and
 * with other secrets nothing is found.
 */
export class TokenSeal {
  readonly #key: Buffer
  /** What is sealed is kept under this name. */
  readonly name: string

  /** @param purpose what the secrets are for */
  constructor(secrets: readonly string[], purpose: string) {
    const material = JSON.stringify(secrets)
    this.#key = Buffer.from(hkdfSync('sha256', material, '', 'waterworks credentials', 32))
    this.name = createHmac('sha256', this.#key).update(purpose).digest('hex')
  }

  seal(text: string): string {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(this.name))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
  }

  /** Undefined for what was not sealed by this one. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64')
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(Buffer.from(this.name))
        .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  }
}
