note     = "A migration filled the disk of db-1. Paying was slow for ten minutes, searching was not."
source   = "postmortem 2026-03-02"
timezone = "Europe/Berlin"
start    = "2026-03-02T14:00:00+01:00"
end      = "2026-03-02T15:00:00+01:00"
interval = "1m"

phases {
  incident_start = "14:10:00" # the migration starts
  disk_full      = "14:34:12" # first error in the log
  incident_end   = "14:44:00" # the migration is rolled back
}

series "system.disk.in_use" {
  tags        = ["service:postgres", "host:db-1"]
  type        = "gauge"
  unit        = "fraction"
  csv         = "disk.csv"
  time_column = "time"
  column      = "db-1"
}

series "system.disk.in_use" {
  tags        = ["service:postgres", "host:db-2"]
  type        = "gauge"
  unit        = "fraction"
  csv         = "disk.csv"
  time_column = "time"
  column      = "db-2"
}

series "checkout.latency" {
  tags   = ["env:prod", "endpoint:/pay"]
  type   = "gauge"
  csv    = "latency.csv"
  column = "pay"
}

series "checkout.latency" {
  tags   = ["env:prod", "endpoint:/search"]
  type   = "gauge"
  csv    = "latency.csv"
  column = "search"
}

series "postgresql.connections" {
  tags   = ["service:postgres", "host:db-1"]
  type   = "gauge"
  values = "40x34 40+20x5 _x3 120-8x10 40x8" # no samples while the check could not connect
  chosen = "The graph in the postmortem has no numbers between 40 and 120."
}

logs "logs.jsonl" {
  service = "postgres"
  source  = "postgresql"
  status  = "error"
}

events "events.jsonl" {
  source = "migration"
}

absent "postgresql.deadlocks" {
  reason = "There were no deadlocks, and they are reported only when there are any."
}
