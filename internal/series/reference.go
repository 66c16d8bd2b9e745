package series

import "ddmon/internal/lang"

// Blocks describes recordings to users.
func Blocks() []*lang.BlockType { return recordingType.All() }

// tagsText is the meaning of tags on every block but absent.
const tagsText = "Tags as key:value. Keep those that monitors filter or group by."

// recordingType describes recording.hcl. The loader accepts exactly what these tables contain.
var recordingType = &lang.BlockType{
	Name: "recording",
	Text: "A recording has the metrics, logs and events of an incident or of a healthy day. It is a folder with a file recording.hcl, " +
		"or one file in that format with any other name. Tests and `ddmon replay` name it by its path. It is data: values are constants.\n" +
		"A time is one of: an absolute time (2025-11-09T14:17:17Z, or with the offset of the time zone), a clock time in the " +
		"recording's time zone (19:47:17, in recordings of at most a day), or an offset from the start (+4m10s).",
	Example: `note     = "The disk of db-1 filled up during a migration."
start    = "2026-03-02T14:00:00Z"
end      = "2026-03-02T15:00:00Z"
interval = "1m"

phases {
  incident_start = "14:10:00"
  incident_end   = "+50m"
}

series "system.disk.in_use" {
  tags   = ["host:db-1"]
  type   = "gauge"
  values = "0.7x10 0.7+0.01x30 0.5x20"
}
`,
	Attributes: []lang.AttributeType{
		{Name: "note", Type: lang.TextType, Required: true, Example: `"From the postmortem."`,
			Text: "Where the data comes from."},
		{Name: "start", Type: lang.TimeType, Required: true, Example: `"2026-03-02T14:00:00Z"`,
			Text: "Start of the recording, an absolute time. Samples at this time are part of it."},
		{Name: "end", Type: lang.TimeType, Required: true, Example: `"2026-03-02T15:00:00Z"`,
			Text: "End of the recording, an absolute time at most 31 days after the start. Samples must be earlier."},
		{Name: "interval", Type: lang.DurationType, Example: `"15s"`, Unset: "each series needs its own interval",
			Text: "Time between two samples, from 1s to 24h. Applies to each series that does not set its own."},
		{Name: "timezone", Type: lang.TextType, Default: "UTC", Example: `"Europe/Berlin"`,
			Text: "Name in the IANA time zone database. Applies to clock times and to offsets in absolute times."},
		{Name: "name", Type: lang.TextType, Example: `"disk-full"`, Unset: "the name of the folder, or of the file without its extension",
			Text: "Name in the output of tests and plans."},
		{Name: "source", Type: lang.TextType, Example: `"https://example.com/postmortem"`, Unset: "not shown",
			Text: "Document that describes the incident."},
	},
	Blocks: []lang.NestedType{
		{BlockType: phasesType, Repeated: true},
		{BlockType: seriesType, Repeated: true},
		{BlockType: absentType, Repeated: true},
		{BlockType: logsType, Repeated: true},
		{BlockType: eventsType, Repeated: true},
	},
}

var phasesType = &lang.BlockType{
	Name: "phases",
	Text: "Phases are named times that tests refer to. Durations in tests are counted from incident_start and incident_end by default.",
	Example: `phases {
  incident_start = "14:10:00"
  incident_end   = "+50m"
}
`,
	Named: &lang.AttributeType{Name: "NAME", Type: lang.TimeType, Example: `"+50m"`,
		Text: "Time of the phase NAME, from the start to the end of the recording. Any name is allowed."},
}

var seriesType = &lang.BlockType{
	Name: "series", Label: "metric",
	Text: "A series has samples of the metric or service check METRIC with one set of tags: in compact notation (values) or from a CSV file (csv). " +
		"A series can be split into several blocks in order of time, each with its own interval.\n" +
		"The compact notation is a list of items separated by white space:\n" +
		"7: one sample\n" +
		"1x40: 40 samples of 1\n" +
		"0+2x25: 25 samples, 0, 2, 4, ... 48; 50-2x25 decreases\n" +
		"_ or _x3: one missing sample, or three\n" +
		"# text: a comment, to the end of the line",
	Example: `series "system.disk.in_use" {
  tags   = ["host:db-1"]
  type   = "gauge"
  values = "0.7x10 0.7+0.01x30 _x5 0.5x15"
}
`,
	Attributes: []lang.AttributeType{
		{Name: "type", Type: lang.TextType, Required: true, Example: `"gauge"`,
			Values: []string{string(Gauge), string(Count), string(Rate), string(ServiceCheck)},
			Text: "Type of the metric. A sample of a count is the count since the previous sample, of a rate that count per second, " +
				"of a service check 0 (ok), 1 (warning), 2 (critical) or 3 (unknown)."},
		{Name: "tags", Type: lang.TextsType, Example: `["host:db-1"]`, Default: []string{}, Text: tagsText},
		{Name: "values", Type: lang.TextType, Example: `"0.7x10"`, Unset: "csv is required",
			Text: "Samples in compact notation, the first at start."},
		{Name: "csv", Type: lang.TextType, Example: `"disk.csv"`, Unset: "values is required",
			Text: "CSV file in the recording's folder or below it. Its first line names the columns. Times are as in the recording, " +
				"a date and time in its time zone (2026-03-02 14:00:00), or Unix seconds or milliseconds, in ascending order. An empty cell is a missing sample."},
		{Name: "column", Type: lang.TextType, Default: "value", Example: `"in_use"`,
			Text: "Column of the CSV file with the samples. Several series can use columns of one file."},
		{Name: "time_column", Type: lang.TextType, Default: "timestamp", Example: `"time"`,
			Text: "Column of the CSV file with the times."},
		{Name: "interval", Type: lang.DurationType, Example: `"15s"`, Unset: "the interval of the recording, which is then required",
			Text: "Time between two samples, from 1s to 24h. For a CSV file, the interval at which the metric reports."},
		{Name: "start", Type: lang.TimeType, Example: `"14:00:00"`, Unset: "the start of the recording",
			Text: "Time of the first sample in values."},
		{Name: "unit", Type: lang.TextType, Example: `"fraction"`, Unset: "no unit",
			Text: "Datadog's name of the unit. All series of a metric have the same type and unit."},
		{Name: "chosen", Type: lang.TextType, Example: `"The graph shows only the start."`, Unset: "the values are from the source",
			Text: "Why these values, which are not in the source, were chosen."},
	},
}

var absentType = &lang.BlockType{
	Name: "absent", Label: "name",
	Text: "An absent block declares that the metric or service check NAME did not report, or that there were no logs (NAME is logs) or no events " +
		"(NAME is events). Without it, tests warn that a monitor's data is not in the recording. Guides report the reason.",
	Example: `absent "app.errors" {
  reason = "No request failed, and errors are counted only when there are any."
}
`,
	Attributes: []lang.AttributeType{
		{Name: "reason", Type: lang.TextType, Required: true, Example: `"No request failed."`, Text: "Why it is absent."},
		{Name: "tags", Type: lang.TextsType, Example: `["service:orders"]`, Default: []string{},
			Text: "Only series, logs or events with all of these tags are absent."},
	},
}
