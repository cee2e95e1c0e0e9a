import type { TracerProvider } from '@opentelemetry/api'

/** Has Prisma say what it does for its models, to whoever traces. */
export async function tracePrisma(provider: TracerProvider): Promise<void> {
  const { PrismaInstrumentation } = await import('@prisma/instrumentation')
  const prisma = new PrismaInstrumentation({ enabled: false })
  prisma.setTracerProvider(provider)
  prisma.enable()
}
