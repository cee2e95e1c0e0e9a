import type { Metadata } from 'next'
import { BatchPage } from '@/components/leads/batches/batch-page'

export const metadata: Metadata = { title: 'Batch' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <BatchPage id={(await params).id} />
}
