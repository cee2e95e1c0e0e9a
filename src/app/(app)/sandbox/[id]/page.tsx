import type { Metadata } from 'next'
import { MessagePage } from '@/components/sandbox/message-page'

export const metadata: Metadata = { title: 'Email' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <MessagePage id={(await params).id} />
}
