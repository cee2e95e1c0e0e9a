import type { Metadata } from 'next'
import { EditTemplatePage } from '@/components/templates/editor/edit-template-page'

export const metadata: Metadata = { title: 'Template' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <EditTemplatePage key={id} id={id} />
}
