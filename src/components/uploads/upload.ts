/** A file of rows as it goes to the server. */
export type FileToSend = { fileName: string; content: Blob }

/** The ids by which the server keeps what was sent: a file is sent once, however often it is checked. */
const sent = new WeakMap<FileToSend, Promise<string>>()

const UNREACHABLE = 'The server could not be reached. Check that it is running, then try again.'

/** Sends a file, unless it was sent before, and answers its id. @throws Error with words for people */
export function upload(source: FileToSend): Promise<string> {
  const id = sent.get(source) ?? send(source)
  sent.set(source, id)
  // What failed is sent anew.
  id.catch(() => forgetUpload(source))
  return id
}

/** The server keeps a file for some hours; after them it is sent anew. */
export const forgetUpload = (source: FileToSend) => sent.delete(source)

async function send({ fileName, content }: FileToSend): Promise<string> {
  const response = await fetch(`/api/uploads?${new URLSearchParams({ name: fileName.slice(0, 255) })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
  }).catch(() => null)
  if (!response) throw new Error(UNREACHABLE)
  const answer: unknown = await response.json().catch(() => null)
  const { id, message } = (answer ?? {}) as { id?: string; message?: string }
  if (response.ok && id) return id
  throw new Error(message ?? UNREACHABLE)
}
