import type { Metadata } from 'next'
import { EditMailbox } from '@/components/settings/mailboxes/edit-mailbox'

export const metadata: Metadata = { title: 'Mailbox' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EditMailbox mailboxId={(await params).id} />
}
