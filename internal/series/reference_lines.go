package series

import "ddmon/internal/lang"

// lineTimestamp describes the key timestamp of logs and events.
var lineTimestamp = lang.AttributeType{Name: "timestamp", Type: lang.TimeType, Required: true, Example: `"2026-03-02T14:11:00Z"`,
	Text: "When it happened: a time as in the recording, a date and time in its time zone (2026-03-02 14:11:00), or Unix seconds or milliseconds as a string. Lines are in order of time."}

var logsType = &lang.BlockType{
	Name: "logs", Label: "file",
	Text: "A logs block adds the logs in FILE, which has a JSON object in each line (JSON Lines). The attributes are defaults for lines " +
		"without that key.",
	Example: `logs "logs.jsonl" {
  service = "orders"
  tags    = ["env:prod"]
}
`,
	Attributes: []lang.AttributeType{
		{Name: "service", Type: lang.TextType, Example: `"orders"`, Unset: "no service", Text: "Service of the logs."},
		{Name: "status", Type: lang.TextType, Default: "info", Example: `"error"`, Text: "Status of the logs, such as info, warn or error."},
		{Name: "source", Type: lang.TextType, Example: `"java"`, Unset: "no source", Text: "Source of the logs."},
		{Name: "host", Type: lang.TextType, Example: `"node-1"`, Unset: "no host", Text: "Host of the logs."},
		{Name: "tags", Type: lang.TextsType, Example: `["env:prod"]`, Default: []string{}, Text: "Tags as key:value, added to the tags of each line."},
		{Name: "attributes", Type: lang.ObjectType, Example: `{ pod_name = "orders-1" }`, Unset: "no attributes",
			Text: "Attributes of the logs, added to those of each line."},
	},
	Keys: []lang.AttributeType{
		lineTimestamp,
		{Name: "message", Type: lang.TextType, Example: `"disk full"`, Unset: "an empty message", Text: "Text of the log."},
		{Name: "service", Type: lang.TextType, Example: `"orders"`, Unset: "the service of the block", Text: "Service of the log."},
		{Name: "status", Type: lang.TextType, Example: `"error"`, Unset: "the status of the block", Text: "Status of the log."},
		{Name: "source", Type: lang.TextType, Example: `"java"`, Unset: "the source of the block", Text: "Source of the log."},
		{Name: "host", Type: lang.TextType, Example: `"node-1"`, Unset: "the host of the block", Text: "Host of the log."},
		{Name: "tags", Type: lang.TextsType, Example: `["version:1.2"]`, Unset: "the tags of the block", Text: "More tags as key:value."},
		{Name: "attributes", Type: lang.ObjectType, Example: `{ "duration": 12 }`, Unset: "the attributes of the block", Text: "More attributes."},
	},
}

var eventsType = &lang.BlockType{
	Name: "events", Label: "file",
	Text: "An events block adds the events in FILE, which has a JSON object in each line (JSON Lines). The attributes apply to all lines.",
	Example: `events "events.jsonl" {
  source = "kubernetes"
  tags   = ["env:prod"]
}
`,
	Attributes: []lang.AttributeType{
		{Name: "source", Type: lang.TextType, Example: `"kubernetes"`, Unset: "no source", Text: "Source of events whose line has none."},
		{Name: "tags", Type: lang.TextsType, Example: `["env:prod"]`, Default: []string{}, Text: "Tags as key:value, added to the tags of each line."},
	},
	Keys: []lang.AttributeType{
		lineTimestamp,
		{Name: "title", Type: lang.TextType, Example: `"Scaled orders to 0"`, Unset: "an empty title", Text: "Title of the event."},
		{Name: "text", Type: lang.TextType, Example: `"by deploy-bot"`, Unset: "an empty text", Text: "Text of the event."},
		{Name: "source", Type: lang.TextType, Example: `"kubernetes"`, Unset: "the source of the block", Text: "Source of the event."},
		{Name: "tags", Type: lang.TextsType, Example: `["deployment:orders"]`, Unset: "the tags of the block", Text: "More tags as key:value."},
	},
}
