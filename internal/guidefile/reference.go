package guidefile

import (
	"ddmon/internal/guide"
	"ddmon/internal/lang"
)

// Blocks describes the blocks of guides to users. The blocks control and expect of a step are described with it.
func Blocks() []*lang.BlockType {
	return []*lang.BlockType{guideType, controlType, probeType, stepType, conclusionType}
}

var guideType = &lang.BlockType{
	Name: "guide", Label: "name",
	Text: "A guide is a list of questions about a system, and of what follows from the answers. Every step asks one question. Its verdict is ok, failed or " +
		"unknown: an empty answer counts only if its other causes are excluded. Run `ddmon verify NAME`. Messages can refer to guide.NAME.name and guide.NAME.summary.",
	Example: `guide "full-disk" {
  monitors = [monitor.disk]
  step "disk" {
    metric = "max:system.disk.in_use{*} by {host}"
    expect { last = "< 0.9" }
    ok     = "Every disk has room."
    failed = "A disk is nearly full."
  }
  conclusion "disk_full" {
    when     = step.disk.failed
    findings = [step.disk]
    cause    = "A disk is nearly full."
  }
}
`,
	Attributes: []lang.AttributeType{
		{Name: "summary", Type: lang.TextType, Example: `"Runbook: ddmon verify full-disk"`, Unset: "how to run the guide", Text: "One line, for messages."},
		{Name: "monitors", Type: "list of monitors", Example: `[monitor.disk]`, Default: []string{}, Text: "Monitors that the guide belongs to, as references without quotes."},
	},
	Blocks: []lang.NestedType{
		{BlockType: controlType}, {BlockType: probeType, Repeated: true}, {BlockType: stepType, Required: true, Repeated: true},
		{BlockType: conclusionType, Repeated: true},
	},
}

// offsetAttribute and the others are shared by the control blocks of guides and steps.
var (
	offsetAttribute = lang.AttributeType{Name: "offset", Type: "negative duration", Example: `"-1d"`, Default: "-1d",
		Text: "When the control window ends, before the time of the run."}
	windowAttribute    = lang.AttributeType{Name: "window", Type: lang.DurationType, Example: `"30m"`, Default: "30m", Text: "Length of the control window, 1s to 7d."}
	recordingAttribute = lang.AttributeType{Name: "recording", Type: lang.TextType, Example: `"testdata/healthy-day"`, Unset: "the part of the recording before incident_start",
		Text: "Recording that is the control window when the guide runs on a recording, relative to the file."}
)

var controlType = &lang.BlockType{
	Name: "control",
	Text: "The control window is a time at which the queries of the guide have hits, if they are right. An empty answer counts only if the same query has hits there.",
	Example: `control {
  offset  = "-1d"
  window  = "30m"
  traffic = "sum:orders.paid{*}.as_count()"
}
`,
	Attributes: []lang.AttributeType{
		offsetAttribute, windowAttribute, recordingAttribute,
		{Name: "traffic", Type: lang.TextType, Example: `"sum:orders.paid{*}.as_count()"`, Unset: "no empty answer counts",
			Text: "Metric query that is greater than 0 while there is traffic. Silence is a failure only while there is traffic."},
	},
}

var stepControlType = &lang.BlockType{
	Name: "control", Text: "The step's own control window.", Example: "control { window = \"2h\" }\n",
	Attributes: []lang.AttributeType{
		offsetAttribute, windowAttribute, recordingAttribute,
		{Name: "traffic", Type: lang.TextType, Example: `"sum:orders.paid{*}.as_count()"`, Unset: "the traffic of the guide's control block",
			Text: "Metric query that is greater than 0 while the source of these lines or points works."},
	},
}

// The attributes that ask a question.
var (
	metricAttribute = lang.AttributeType{Name: "metric", Type: lang.TextType, Example: `"max:system.disk.in_use{*} by {host}"`, Unset: "another question", Text: "Metric query, without a comparison."}
	logsAttribute   = lang.AttributeType{Name: "logs", Type: lang.TextType, Example: `"service:orders"`, Unset: "another question", Text: "Search of logs."}
	eventsAttribute = lang.AttributeType{Name: "events", Type: lang.TextType, Example: `"source:kubernetes"`, Unset: "another question", Text: "Search of events."}
)

var probeType = &lang.BlockType{
	Name: "probe", Label: "name",
	Text:       "A probe is a query that always has hits while the pipeline works, such as all logs of a cluster. It has exactly one of metric, logs and events.",
	Example:    "probe \"pipeline\" { logs = \"env:prod\" }\n",
	Attributes: []lang.AttributeType{metricAttribute, logsAttribute, eventsAttribute},
}

var stepType = &lang.BlockType{
	Name: "step", Label: "name",
	Text: "A step asks exactly one of metric, logs, events and monitor, over a window that ends at the time of the run, and compares the answer with expect. " +
		"If the answer has groups, the expectation must hold for each of them.",
	Example: `step "disk" {
  metric = "max:system.disk.in_use{*} by {host}"
  expect { last = "< 0.9" }
  ok     = "Every disk has room."
  failed = "A disk is nearly full."
}
`,
	Attributes: []lang.AttributeType{
		metricAttribute, logsAttribute, eventsAttribute,
		{Name: "monitor", Type: "monitor", Example: `monitor.disk`, Unset: "another question", Text: "Monitor whose status is asked for, as a reference without quotes."},
		{Name: "by", Type: lang.TextsType, Example: `["pod_name"]`, Default: []string{}, Text: "Facets that logs and events are counted by. A metric is grouped in its query."},
		{Name: "window", Type: lang.DurationType, Example: `"10m"`, Default: "10m", Text: "Length of the window, 1s to 7d."},
		{Name: "probe", Type: "probe", Example: `probe.pipeline`, Unset: "no empty answer counts", Text: "Probe that has hits while the pipeline works, as a reference without quotes."},
		{Name: "ok", Type: lang.TextType, Required: true, Example: `"Every disk has room."`, Text: "What it means if the expectation holds."},
		{Name: "failed", Type: lang.TextType, Required: true, Example: `"A disk is nearly full."`, Text: "What it means if it does not hold."},
	},
	Blocks: []lang.NestedType{{BlockType: expectType, Required: true}, {BlockType: stepControlType}},
}

const noExpectation = "no expectation"

var expectType = &lang.BlockType{
	Name:    "expect",
	Text:    "What the step expects of each group of the answer. If several attributes are set, all must hold. A comparison is an operator (>=, >, <, <=, ==, !=) and a value.",
	Example: "expect { present = true }\n",
	Attributes: []lang.AttributeType{
		{Name: "count", Type: "comparison", Example: `"> 0"`, Unset: noExpectation, Text: "Number of logs or events."},
		{Name: "last", Type: "comparison", Example: `">= 1"`, Unset: noExpectation, Text: "Last point of a metric."},
		{Name: "min", Type: "comparison", Example: `">= 1"`, Unset: noExpectation, Text: "Smallest point of a metric."},
		{Name: "max", Type: "comparison", Example: `"<= 8"`, Unset: noExpectation, Text: "Largest point of a metric."},
		{Name: "trend", Type: lang.TextType, Example: `"flat or draining"`, Unset: noExpectation,
			Text: "Accepted trends, separated by \"or\": growing, draining and flat. Compared are the medians of the first and the last third of the window; a tenth of the larger is flat."},
		{Name: "present", Type: lang.FlagType, Example: `true`, Default: false, Text: "There is any log, event or point."},
		{Name: "absent", Type: lang.FlagType, Example: `true`, Default: false, Text: "There is no log, event or point."},
		{Name: "gap", Type: "comparison", Example: `"< 2m"`, Unset: noExpectation, Text: "Longest time without a log, event or point, as a duration."},
		{Name: "change", Type: "comparison", Example: `"< 2x"`, Unset: noExpectation, Text: "Rate of lines, or mean of a metric, as a factor (2x) or percentage (150%) of the control window's."},
		{Name: "status", Type: lang.TextType, Example: `"OK or Warn"`, Unset: noExpectation, Text: "Accepted statuses of a monitor, separated by \"or\"."},
		{Name: "basis", Type: lang.TextType, Example: `"measured"`, Values: guide.Bases(), Unset: "not stated", Text: "Where the numbers come from."},
	},
}

var conclusionType = &lang.BlockType{
	Name: "conclusion", Label: "name",
	Text: "A conclusion follows from the verdicts of steps. Several can hold. Remediation is printed, never run.",
	Example: `conclusion "disk_full" {
  when     = step.disk.failed
  findings = [step.disk]
  cause    = "A disk is nearly full."
}
`,
	Attributes: []lang.AttributeType{
		{Name: "when", Type: "condition", Required: true, Example: `step.disk.failed`,
			Text: "Condition over step.NAME.ok, step.NAME.failed and step.NAME.unknown with &&, || and !. An unknown step makes neither ok nor failed true or false."},
		{Name: "within", Type: lang.DurationType, Example: `"2m"`, Unset: "any distance", Text: "The findings began to fail within this time of each other."},
		{Name: "findings", Type: "list of steps", Example: `[step.disk]`, Default: []string{}, Text: "Steps that are its evidence, as references without quotes."},
		{Name: "recovered", Type: "condition", Example: `step.disk.ok`, Unset: "not stated", Text: "Condition under which the incident is over."},
		{Name: "cause", Type: lang.TextType, Example: `"A disk is nearly full."`, Unset: "not stated", Text: "Root cause."},
		{Name: "severity", Type: lang.TextType, Example: `"high"`, Unset: "not stated", Text: "Severity, in words of your choice."},
		{Name: "impact", Type: lang.TextType, Example: `"Orders are not shipped."`, Unset: "not stated", Text: "What users notice."},
		{Name: "remediation", Type: lang.TextType, Example: `"Delete old logs."`, Unset: "not stated", Text: "What to do."},
		{Name: "verify", Type: lang.TextType, Example: `"ddmon verify full-disk"`, Unset: "not stated", Text: "How to verify that it helped."},
	},
}
