import { build } from 'esbuild'

/**
 * Puts each program, with all that it imports, into one file `<name>.mjs` of a folder. `programs`: paths of their sources by name.
 * Packages that read files of their own, or ask what is theirs, stay packages: the folder needs a `node_modules` that holds them.
 */
export async function bundle(programs: Record<string, string>, folder: string): Promise<void> {
  await build({
    entryPoints: programs,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    keepNames: true,
    logLevel: 'error',
    external: ['@prisma/*', 'pg', 'pino', 'pino-pretty', 'next'],
    // For packages in the older format.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  })
}
