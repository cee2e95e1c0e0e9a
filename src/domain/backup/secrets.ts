/** The keys of an installation, as its `secrets.json` holds them. */
export type BackedUpSecrets = { authSecret: string; encryptionKey: string; formerEncryptionKeys?: readonly string[] }

/** A passphrase that seals keys has as many characters at least. */
export const SHORTEST_PASSPHRASE = 12
