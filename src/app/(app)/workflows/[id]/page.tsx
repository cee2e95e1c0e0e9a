import type { Metadata } from 'next'
import { EditWorkflowPage } from '@/components/workflows/editor/edit-workflow-page'

export const metadata: Metadata = { title: 'Workflow' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <EditWorkflowPage key={id} id={id} />
}
