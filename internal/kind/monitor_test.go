package kind

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

func TestMonitorImplied(t *testing.T) {
	critical := func(n string) Implied {
		return Implied{object.Path{"options", "thresholds", "critical"}, number(n)}
	}
	missing := Implied{object.Path{"options", "on_missing_data"}, "default"}
	for name, test := range map[string]struct {
		body string
		want []Implied
	}{
		"critical of the query":      {`{"type":"query alert","query":"avg(last_5m):avg:m{*} > 90.5"}`, []Implied{critical("90.5")}},
		"beside a warning":           {`{"type":"log alert","query":"logs(\"x\").last(\"5m\") >= 3","options":{"thresholds":{"warning":1}}}`, []Implied{critical("3")}},
		"null is missing":            {`{"type":"metric alert","query":"q < -1e3","options":{"thresholds":{"critical":null}}}`, []Implied{critical("-1e3")}},
		"no blank":                   {`{"type":"query alert","query":"q==0"}`, []Implied{critical("0")}},
		"written":                    {`{"type":"query alert","query":"q > 1","options":{"thresholds":{"critical":2}}}`, nil},
		"an objective":               {`{"type":"slo alert","query":"error_budget(\"a\").over(\"7d\") > 75"}`, []Implied{critical("75")}},
		"a composite":                {`{"type":"composite","query":"1 && 2"}`, nil},
		"a service check":            {`{"type":"service check","query":"\"c\".by(\"*\").last(3).count_by_status() > 1"}`, nil},
		"synthetics":                 {`{"type":"synthetics alert","query":"q > 1"}`, nil},
		"no type":                    {`{"query":"q > 1"}`, nil},
		"a dynamic threshold":        {`{"type":"cost alert","query":"formula(\"a\").last(\"7d\") > threshold"}`, nil},
		"no comparison":              {`{"type":"query alert","query":"avg:m{*}"}`, nil},
		"not a number of JSON":       {`{"type":"query alert","query":"q > .5"}`, nil},
		"a value that JSON has":      {`{"type":"query alert","query":"q > true"}`, nil},
		"no query":                   {`{"type":"query alert"}`, nil},
		"a custom schedule":          {`{"type":"composite","options":{"scheduling_options":{"custom_schedule":{"recurrences":[]}}}}`, []Implied{missing}},
		"a custom schedule, written": {`{"type":"composite","options":{"on_missing_data":"resolve","scheduling_options":{"custom_schedule":{}}}}`, nil},
		"another schedule":           {`{"type":"composite","options":{"scheduling_options":{"evaluation_window":{}}}}`, nil},
	} {
		if diff := cmp.Diff(test.want, Named("monitor").Implied(ddtest.Object(t, test.body))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMonitorImpliedOfText(t *testing.T) {
	ref := &object.Address{Kind: "monitor", Name: "a"}
	for _, test := range []struct {
		query object.Text
		want  int
	}{
		{object.Text{{Ref: ref}, {Literal: " > 5"}}, 1},
		{object.Text{{Literal: "q > "}, {Ref: ref}}, 0},
		{object.Text{}, 0},
	} {
		got := Named("monitor").Implied(map[string]any{"type": "query alert", "query": test.query})
		if len(got) != test.want {
			t.Errorf("%v: %v", test.query, got)
		}
	}
}

func TestMonitorReferences(t *testing.T) {
	query := object.Path{"query"}
	for name, test := range map[string]struct {
		body string
		want []Reference
	}{
		"a composite, each once": {`{"type":"composite","query":"(12 && !345) || 12"}`, []Reference{{query, "monitor", "12"}, {query, "monitor", "345"}}},
		"another type":           {`{"type":"query alert","query":"avg(last_5m):m{a:12} > 3"}`, nil},
		"an error budget":        {`{"type":"slo alert","query":"error_budget(\"ab-1\").over(\"7d\") > 75"}`, []Reference{{query, "slo", "ab-1"}}},
		"no query":               {`{"type":"composite"}`, nil},
	} {
		if diff := cmp.Diff(test.want, Named("monitor").References(ddtest.Object(t, test.body))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
