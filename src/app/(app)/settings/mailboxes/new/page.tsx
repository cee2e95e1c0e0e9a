import type { Metadata } from 'next'
import { NewMailbox } from '@/components/settings/mailboxes/new-mailbox'

export const metadata: Metadata = { title: 'New mailbox' }

export default function Page() {
  return <NewMailbox />
}
