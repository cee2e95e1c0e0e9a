import { formatCount } from '@/components/ui/numbers'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

/** A file or pasted rows, as they go to the server: bytes untouched, so that it can detect their encoding. */
export type ImportSource = { fileName: string; size: number; base64?: string; text?: string }

/** Reads a chosen file; one that is too large is refused before it is read. @throws Error with words for people */
export async function readFile(file: File): Promise<ImportSource> {
  if (file.size > IMPORT_LIMITS.bytes) {
    throw new Error(
      `“${file.name}” has ${(file.size / 1024 / 1024).toFixed(1)} MiB; at most 20 MiB can be imported at once. Split the file and import the parts into the same batch.`,
    )
  }
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error(`“${file.name}” could not be read. Choose it again.`))
    reader.readAsDataURL(file)
  })
  // An empty file has no comma after which its content could begin.
  return { fileName: file.name, size: file.size, base64: url.split(',', 2)[1] ?? '' }
}

export const readPasted = (text: string): ImportSource => ({ fileName: 'Pasted rows', size: text.length, text })

/** 5120 -> "5 KB". */
export const sizeWords = (bytes: number) =>
  bytes < 1024
    ? `${formatCount(bytes)} bytes`
    : bytes < 1024 * 1024
      ? `${formatCount(bytes / 1024)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`
