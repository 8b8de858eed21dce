import type { CredentialStore } from '../../../src/connectors/airbyte/credentials/credential-store.ts'

/** Keeps credentials as long as a test lasts. */
export class MemoryCredentials implements CredentialStore {
  readonly kept = new Map<string, string>()

  async credential(name: string): Promise<string | undefined> {
    return this.kept.get(name)
  }

  async keepCredential(name: string, sealed: string): Promise<void> {
    this.kept.set(name, sealed)
  }
}
