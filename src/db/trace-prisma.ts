/** Has Prisma say what it does for its models, to whoever traces. */
export async function tracePrisma(): Promise<void> {
  const { PrismaInstrumentation } = await import('@prisma/instrumentation')
  new PrismaInstrumentation().enable()
}
