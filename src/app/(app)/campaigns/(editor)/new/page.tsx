import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'New campaign' }

/** What is shown stands in the layout. */
export default function Page() {
  return null
}
