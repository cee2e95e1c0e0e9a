import { formatCount } from '@/components/ui/numbers'
import type { FileToSend } from '@/components/uploads/upload'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

/** A file or pasted rows, whose bytes go to the server untouched, so that it can detect their encoding. */
export type ImportSource = FileToSend & { size: number; pasted: boolean }

/** Takes a chosen file; one that is too large is refused before it is sent. @throws Error with words for people */
export function readFile(file: File): ImportSource {
  if (file.size > IMPORT_LIMITS.bytes) {
    throw new Error(
      `“${file.name}” has ${(file.size / 1024 / 1024).toFixed(1)} MiB; at most 20 MiB can be imported at once. Split the file and import the parts into the same batch.`,
    )
  }
  return { fileName: file.name, size: file.size, pasted: false, content: file }
}

export function readPasted(text: string): ImportSource {
  const content = new Blob([text.replaceAll('\0', '')])
  return { fileName: 'Pasted rows', size: content.size, pasted: true, content }
}

/** 5120 -> "5 KB". */
export const sizeWords = (bytes: number) =>
  bytes < 1024
    ? `${formatCount(bytes)} bytes`
    : bytes < 1024 * 1024
      ? `${formatCount(bytes / 1024)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`
