const FOLDER = /(^|\/)(migrations?|migrate)\//i
const DOWN = /(^|[._/-])down\.(sql|[jt]s|py|rb)$/i
const PROGRAM = /\.(sql|[cm]?[jt]s|py|rb|go|php|java|kt|ex|xml|ya?ml)$/i
const NOT_A_MIGRATION = /(^|\/)(migration_lock\.toml|__init__\.py|README[^/]*|[^/]*\.(test|spec)\.[^/]+)$/i

/**
 * Whether a file is a step of a database's migration, by where it lies: in a folder `migrations`, `migration` or
 * `migrate` (Prisma, Rails, Django, Flyway, Knex, Alembic's `versions` below `migrations`). The way down is not one: going
 * live never runs it.
 */
export function isMigration(path: string): boolean {
  return FOLDER.test(path) && PROGRAM.test(path) && !DOWN.test(path) && !NOT_A_MIGRATION.test(path)
}
