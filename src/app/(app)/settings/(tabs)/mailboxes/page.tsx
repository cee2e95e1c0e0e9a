import type { Metadata } from 'next'
import { MailboxesPage } from '@/components/settings/mailboxes/mailboxes-page'

export const metadata: Metadata = { title: 'Mailboxes' }

export default function Page() {
  return <MailboxesPage />
}
