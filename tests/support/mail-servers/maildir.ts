import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'

export type ArrivedEmail = {
  /** As it was delivered, with CRLF. */
  raw: string
  parsed: Email
}

/** A message that has arrived, as it was sent: Postfix puts its own headers before it, and leaves the rest alone. */
export const asSent = (raw: string): string => raw.replace(OF_POSTFIX, '')

const OF_POSTFIX = /^(?:(?:Return-Path|X-Original-To|Delivered-To|Received):[^\r]*\r\n(?:[ \t][^\r]*\r\n)*)+/

/** Every message of a Maildir, new and seen; none where there is no Maildir yet. */
export async function readMaildir(path: string): Promise<ArrivedEmail[]> {
  const files = await messagesOf(path)
  return Promise.all(
    files.map(async (file) => {
      const stored = await readFile(file)
      const raw = stored.toString('latin1').replace(/\r?\n/g, '\r\n')
      return { raw, parsed: await PostalMime.parse(stored) }
    }),
  )
}

/** Takes all messages out of a Maildir. */
export async function clearMaildir(path: string): Promise<void> {
  for (const file of await messagesOf(path)) await rm(file, { force: true })
}

async function messagesOf(path: string): Promise<string[]> {
  const folders = ['new', 'cur'].map((name) => join(path, name))
  const found = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  )
  return found.flat()
}
