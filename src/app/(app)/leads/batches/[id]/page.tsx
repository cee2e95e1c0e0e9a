import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { BatchPage } from '@/components/leads/batches/batch-page'

export const metadata: Metadata = { title: 'Batch' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!z.uuid().safeParse(id).success) notFound()
  return <BatchPage id={id} />
}
