/** Where credentials are kept that a server changes; what it keeps tells nothing by itself. */
export interface CredentialStore {
  credential(name: string): Promise<string | undefined>
  /** Keeps it in the place of what had the name. Kept when it returns. */
  keepCredential(name: string, sealed: string): Promise<void>
}
