import { routes } from '@/routes'

/** The words for a way back; null for an address to which no page of ours leads back, above all one of another site. */
export function backWords(href: string): string | null {
  const { origin, pathname } = new URL(href, 'http://here')
  if (origin !== 'http://here' || !href.startsWith('/')) return null
  if (pathname === routes.campaigns()) return 'Back to your first campaign'
  return /^\/campaigns\/[\w-]+\/edit$/.test(pathname) ? 'Back to the draft' : null
}
