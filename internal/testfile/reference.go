package testfile

import "ddmon/internal/lang"

// Blocks describes the blocks of test files to users.
func Blocks() []*lang.BlockType { return testType.All() }

var testType = &lang.BlockType{
	Name: "test", Label: "name",
	Text: "A test replays a recording through the monitors of the stack and compares what they do with its expect blocks. Tests are in files whose names end in " +
		".test.hcl. Their expressions can use everything that the configuration defines. Run `ddmon test`.",
	Example: `test "a full disk alerts" {
  recording = "testdata/disk-full"
  expect "monitor.disk" {
    status   = "Alert"
    within   = "10m"
    notifies = ["@pagerduty-db"]
  }
}
`,
	Attributes: []lang.AttributeType{
		{Name: "recording", Type: lang.TextType, Required: true, Example: `"testdata/disk-full"`,
			Text: "Path of the recording, relative to the test file, in the stack's folder. See `ddmon schema recording`."},
		{Name: "variables", Type: lang.ObjectType, Example: `{ notify = ["@slack-test"] }`, Unset: "the stack's own values",
			Text: "Values of variables for this test."},
		{Name: "for_each", Type: "map, object or set of string", Example: `{ orders = "10m", returns = "20m" }`, Unset: "one test",
			Text: "Runs the test for each element: each.key is its key, each.value its value."},
	},
	Blocks: []lang.NestedType{{BlockType: expectType, Required: true, Repeated: true}},
}

// noExpectation is the meaning of attributes that are not set.
const noExpectation = "no expectation"

var expectType = &lang.BlockType{
	Name: "expect", Label: "address", LabelOptional: true,
	Text: "An expect block states what a monitor must do during the recording. ADDRESS is monitor.NAME, monitor.NAME[\"KEY\"] or, in a test with for_each, " +
		"monitor.NAME[each.key]. Without a key it applies to each instance of a monitor, without a label to every monitor of the stack. " +
		"If several attributes are set, all must hold. Datadog evaluates most monitors once a minute, at a second that no one " +
		"controls. ddmon tries every second of the minute, and an expectation must hold for each of them.\n" +
		"A duration is a number with a unit: 90s, 5m, 1h30m, 1d.",
	Example: `expect "monitor.disk" {
  status          = "Alert"
  within          = "10m"
  notifies        = ["@pagerduty-db"]
  recovers_within = "5m"
}
`,
	Attributes: []lang.AttributeType{
		{Name: "status", Type: lang.TextType, Example: `"Alert"`, Values: []string{StatusAlert, StatusWarn, StatusNoData, StatusOK}, Unset: noExpectation,
			Text: "Status that the monitor must reach; with at, the status that it must have at that time."},
		{Name: "within", Type: lang.DurationType, Example: `"10m"`, Unset: "the status can be reached at any time",
			Text: "The status is reached at most this long after the phase in after."},
		{Name: "not_before", Type: lang.DurationType, Example: `"2m"`, Unset: "the status can be reached at any time",
			Text: "The status is reached no earlier than this long after the phase in after."},
		{Name: "after", Type: lang.TextType, Example: `"incident_start"`, Unset: DefaultAfter + ", with within or not_before; otherwise the start of the recording",
			Text: "Phase of the recording from which the status counts."},
		{Name: "at", Type: lang.TimeType, Example: `"incident_start+4m"`, Unset: "the status must be reached, at any time",
			Text: "Time at which the monitor has the status: a phase (incident_start), an offset from it (incident_start+4m, incident_end-30s), or a time as in recordings."},
		{Name: "never", Type: "string or list of string", Example: `["Alert", "No Data"]`, Values: []string{StatusAlert, StatusWarn, StatusNoData, StatusOK}, Unset: noExpectation,
			Text: "Statuses that the monitor must not reach at any time."},
		{Name: "notifies", Type: lang.TextsType, Example: `["@pagerduty-db"]`, Unset: noExpectation,
			Text: "Handles that are notified, among others: when the status is reached or, without status, in the whole recording."},
		{Name: "notifies_only", Type: lang.TextsType, Example: `["@pagerduty-db"]`, Unset: noExpectation,
			Text: "Exactly the handles that are notified. An empty list means that no one is."},
		{Name: "message_contains", Type: lang.TextsType, Example: `["disk"]`, Unset: noExpectation,
			Text: "Strings that the messages to these handles contain."},
		{Name: "silent", Type: lang.FlagType, Example: `true`, Default: false,
			Text: "No notification is sent in the whole recording."},
		{Name: "renotifies", Type: lang.NumberType, Unit: "notifications", Example: `2`, Unset: noExpectation,
			Text: "How many renotifications are sent to someone in the whole recording. 0 means that no one is notified again."},
		{Name: "recovers_within", Type: lang.DurationType, Example: `"5m"`, Unset: noExpectation,
			Text: "The monitor is OK again at most this long after the phase in recovered_after."},
		{Name: "recovered_after", Type: lang.TextType, Example: `"incident_end"`, Unset: DefaultRecoveredAfter,
			Text: "Phase of the recording from which recovers_within counts."},
		{Name: "group", Type: "object or string", Example: `{ host = "db-1" }`, Unset: "each group counts",
			Text: "One group of a multi alert, which must be in the recording, by its tags: { host = \"db-1\" } or \"host:db-1\"."},
	},
}
