// Package series reads recordings: what metrics, logs and events looked like during an incident or on a healthy
// day. Monitors are replayed over them.
//
// # The folder
//
// A recording is a folder with a file recording.hcl (or just such a file under any name), written to be read in a
// pull request. Files that it names lie in the same folder or below.
//
//	note     = "Where the data is from."
//	source   = "postmortem 2025-11-09"     # optional
//	name     = "incident-5"                # optional: the folder's name, or the file's
//	timezone = "Asia/Kolkata"              # optional: UTC; an IANA name
//	start    = "2025-11-09T19:17:02+05:30" # of [start, end)
//	end      = "2025-11-09T20:27:00+05:30"
//	interval = "15s"                       # optional: of the series that name none
//
//	phases {                               # moments that tests refer to, at most end
//	  incident_start = "19:47:17"
//	  incident_end   = "+40m37s"
//	}
//
//	series "rabbitmq.queue.consumers" {
//	  tags     = ["kube_namespace:sock-shop", "queue:shipping-task"]
//	  type     = "gauge"                   # gauge, count, rate or service_check (0 ok, 1 warning, 2 critical, 3 unknown)
//	  unit     = "message"                 # optional
//	  start    = "19:17:02"                # optional: the recording's start
//	  values   = "1x121 0x42 1x117"
//	  chosen   = "why"                     # optional: these values are not in the source; somebody chose them
//	}
//	series "rabbitmq.queue.memory" {
//	  tags   = ["queue:shipping-task"]
//	  type   = "gauge"
//	  csv    = "memory.csv"                # real data instead of values: a column timestamp, and
//	  column = "bytes"                     # optional: the column with the values ("value"); an empty cell: no sample
//	}
//
//	logs "logs.jsonl" {                    # what the lines leave out; any number of such blocks
//	  service    = "queue-master"
//	  status     = "info"
//	  source     = "java"
//	  host       = "node-1"
//	  tags       = ["kube_namespace:sock-shop"] # are added to those of each line
//	  attributes = { pod_name = "queue-master-1" }
//	}
//	events "events.jsonl" {
//	  source = "kubernetes"
//	  tags   = ["kube_namespace:sock-shop"]
//	}
//
// A series (metric and tags) may be given in several blocks, its pieces: in the order of time, each with its own
// interval and its own chosen.
//
// A line of a logs file is a JSON object with timestamp, message, service, status, source, host, tags and
// attributes; of an events file with timestamp, title, text, source and tags. Lines are in the order of time.
//
// # Times
//
// A time is absolute (RFC 3339 with Z or the offset that the time zone has then; in CSV also Unix seconds or
// milliseconds), a clock time "19:47:17" in the recording's time zone (the first such at or after its start; only
// where it lasts at most a day), or "+4m10s" from its start.
//
// # Compact notation
//
// The items of values stand apart by white space, each one or more samples, one interval after the other:
//
//	7         one sample
//	1x40      40 samples of 1
//	0+2x25    25 samples: 0, 2, 4, ... 48 (also 50-2x25)
//	_  _x3    no sample, three times no sample
//	# text    a comment, to the end of the line
//
// It looks like promtool's, but the count is the number of samples: promtool's 0+2x25 would be 26.
//
// # Limits
//
// See limits.go. Each fault is a positioned error that says what to
// do; of a CSV or JSON lines file only the first.
//
// The package imports nothing of ddmon, uses no network and reads no clock. Start reading at Load; notation.go
// stands alone.
package series
