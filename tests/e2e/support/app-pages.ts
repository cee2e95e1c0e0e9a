import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** The addresses of all pages, as their folders give them: "/campaigns/[id]/edit". */
export function pagesOfTheApp(): string[] {
  return readdirSync('src/app', { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .map((path) => `/${dirname(path)}`.replace(/\/\([^)]+\)/g, '').replace(/^\/\.$/, '/') || '/')
    .sort()
}

/** Whether an address is one of a page: "[id]" stands for any part that no other page has for itself. */
export function isAddressOf(pattern: string, path: string, all: readonly string[]): boolean {
  const [plain = ''] = path.split('?')
  // The page for whatever no other page is for.
  if (pattern.includes('[...')) return all.every((other) => other === pattern || !isAddressOf(other, path, all))
  if (plain !== pattern && all.includes(plain)) return false
  const parts = pattern.split('/')
  const own = plain.split('/')
  return (
    parts.length === own.length && parts.every((part, i) => (part.startsWith('[') ? own[i] !== '' : part === own[i]))
  )
}
