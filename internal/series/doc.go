// Package series reads recordings: the metrics, logs and events of an incident or of a healthy day. Package replay runs
// monitors over them.
//
// # Format
//
// A recording is a folder with a file recording.hcl, or a single file in that format with any name. It is text that can
// be reviewed in a pull request. The files it names must be in the same folder or below it.
//
//	note     = "Where the data comes from."
//	source   = "postmortem 2025-11-09"     # optional
//	name     = "incident-5"                # optional; default: the name of the folder or file
//	timezone = "Asia/Kolkata"              # optional IANA name; default: UTC
//	start    = "2025-11-09T19:17:02+05:30" # inclusive
//	end      = "2025-11-09T20:27:00+05:30" # exclusive
//	interval = "15s"                       # optional; default for all series
//
//	phases {                               # times that tests refer to, not after end
//	  incident_start = "19:47:17"
//	  incident_end   = "+40m37s"
//	}
//
//	series "rabbitmq.queue.consumers" {
//	  tags     = ["kube_namespace:sock-shop", "queue:shipping-task"]
//	  type     = "gauge"                   # gauge, count, rate or service_check (0 ok, 1 warning, 2 critical, 3 unknown)
//	  unit     = "message"                 # optional
//	  start    = "19:17:02"                # optional; default: the recording's start
//	  values   = "1x121 0x42 1x117"
//	  chosen   = "why"                     # optional: why these values, which are not in the source, were chosen
//	}
//	series "rabbitmq.queue.memory" {
//	  tags   = ["queue:shipping-task"]
//	  type   = "gauge"
//	  csv    = "memory.csv"                # instead of values: a file with a column timestamp
//	  column = "bytes"                     # optional: the column with the values (default: value); empty cell: no sample
//	}
//
//	logs "logs.jsonl" {                    # defaults for the lines; there can be any number of logs blocks
//	  service    = "queue-master"
//	  status     = "info"
//	  source     = "java"
//	  host       = "node-1"
//	  tags       = ["kube_namespace:sock-shop"] # added to the tags of each line
//	  attributes = { pod_name = "queue-master-1" }
//	}
//	events "events.jsonl" {
//	  source = "kubernetes"
//	  tags   = ["kube_namespace:sock-shop"]
//	}
//
//	absent "app.errors" {                  # a metric or service check that did not report, or logs or events
//	  tags   = ["service:orders"]          # optional: only what has these tags
//	  reason = "No request failed, and errors are counted only when there are any."
//	}
//
// What a monitor queries must be in the recording. Otherwise replays and tests warn that the monitor had no data. An
// absent block says that it is missing on purpose.
//
// A series (a metric with its tags) can be split into several blocks, each with its own interval and chosen. Blocks
// must be in order of time.
//
// Each line of a logs file is a JSON object with timestamp, message, service, status, source, host, tags and
// attributes. Each line of an events file has timestamp, title, text, source and tags. Lines must be in order of time.
//
// # Times
//
// A time is one of:
//
//   - an absolute time: RFC 3339 with Z or the offset of the time zone; in CSV also Unix seconds or milliseconds
//   - a clock time in the recording's time zone, such as "19:47:17": the first at or after the start, in recordings of
//     at most a day
//   - an offset from the start, such as "+4m10s"
//
// # Compact notation
//
// values is a list of items separated by white space. Each item is one or more samples, one interval apart:
//
//	7         one sample
//	1x40      40 samples of 1
//	0+2x25    25 samples: 0, 2, 4, ... 48 (also 50-2x25)
//	_  _x3    no sample, three times no sample
//	# text    a comment, to the end of the line
//
// It resembles promtool's notation, but the count is the number of samples: promtool's 0+2x25 has 26.
//
// # Limits
//
// See limits.go. Every error has a location and says what to do. Only the first error of a CSV or JSON Lines file is
// reported.
//
// The package uses no network and reads no clock. Start reading at Load. notation.go is independent of the other files.
package series
