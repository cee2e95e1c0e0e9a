import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { LeadPage } from '@/components/leads/lead/lead-page'

export const metadata: Metadata = { title: 'Lead' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!z.uuid().safeParse(id).success) notFound()
  return <LeadPage id={id} />
}
