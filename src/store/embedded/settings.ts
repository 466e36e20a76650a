/**
 * How the embedded server runs: one small machine, 1 GB for everything, every commit on disk before it is answered,
 * nothing reachable over the network, and no traveller's data in the log.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_directories: '../run',
  unix_socket_permissions: '0700',
  password_encryption: 'scram-sha-256',
  max_connections: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',

  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  io_method: 'sync',
  jit: 'off',
  random_page_cost: '1.1',
  // Monthly partitions: one query may lock many tables.
  max_locks_per_transaction: '256',

  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  wal_compression: 'on',
  max_wal_senders: '2',
  min_wal_size: '160MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',

  autovacuum_naptime: '15s',
  autovacuum_max_workers: '2',
  autovacuum_worker_slots: '4',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.02',
  autovacuum_vacuum_cost_limit: '1000',

  // Errors quote values ("Key (number)=(…) already exists"): they go to the caller only. `log` leaves out ERROR and
  // below, `terse` leaves out DETAIL and the statement of a crashed process.
  logging_collector: 'on',
  log_directory: '../log',
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_file_mode: '0600',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_autovacuum_min_duration: '-1',
  log_checkpoints: 'off',
}

/** For test runs only: a crash of the machine may lose everything. */
const careless: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

/**
 * Each piece of the write-ahead log goes to the archive whole or not at all, and is on disk there before the server may
 * forget it; a minute's log is never longer under way. What is there already is not replaced by something else. Places
 * come in the environment and as names relative to the cluster, so that no path is ever read by a shell.
 */
const archiving: Readonly<Record<string, string>> = {
  archive_mode: 'on',
  archive_timeout: '60s',
  archive_command: [
    'to="$PRECLEAR_WAL_FOLDER/%f"; part="$to.part"',
    'if test -e "$to"; then test "$(cksum < "%p")" = "$(cksum < "$to")"; exit; fi',
    '{ cp --sparse=always "%p" "$part" 2>/dev/null || cp "%p" "$part"; }' +
      ' && sync "$part" && mv -f "$part" "$to" && sync "$PRECLEAR_WAL_FOLDER"',
  ].join('; '),
}

/** What a server reads back while it recovers from a backup, and where it stops. */
export interface Recovery {
  /** The end of the archive where no time is given. */
  readonly toTime?: string | undefined
}

/** How a server runs on a cluster that is being restored. */
export interface Restore {
  /** Who may connect; in the cluster's folder. */
  readonly hba: string
  /** Nothing where the backup alone is restored. */
  readonly recovery: Recovery | undefined
}

const recovering = ({ toTime }: Recovery): Readonly<Record<string, string>> => ({
  restore_command: 'cp "$PRECLEAR_WAL_FOLDER/%f" "%p"',
  recovery_target_timeline: 'current',
  // Command lines are read before names of zones are known, so an offset stands in the place of Z.
  ...(toTime && { recovery_target_time: toTime.replace(/Z$/, '+00'), recovery_target_action: 'promote' }),
})

/** The server of a restore: who may use its private socket needs no password, and its messages come to us. */
const restoring: Readonly<Record<string, string>> = {
  hot_standby: 'off',
  logging_collector: 'off',
  archive_mode: 'off',
}

/** The server's command line; Windows has no private folder for a socket, so it listens on the loopback. */
export function serverArguments(options: {
  readonly durable: boolean
  readonly port?: number | undefined
  readonly archive?: boolean
  readonly restore?: Restore | undefined
}): string[] {
  const all = {
    ...settings,
    ...(options.durable ? {} : careless),
    ...(options.archive ? archiving : {}),
    ...(options.restore ? { ...restoring, hba_file: options.restore.hba } : {}),
    ...(options.restore?.recovery ? recovering(options.restore.recovery) : {}),
    ...(options.port === undefined
      ? {}
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(options.port) }),
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
