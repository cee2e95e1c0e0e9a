/** Gives a person a file of text that the page has made. */
export function download(content: string, fileName: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has taken the content by then; kept for good, it would stay in memory.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
