package replay

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/object"
)

// TestUnrecorded: every metric, tag, group and source of logs that a recording does not have is named. A monitor with
// data has none, whether something happens or not.
func TestUnrecorded(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Series("app.errors", "count", "service:a env:prod", "1x240")+
		recordingtest.Series("app.errors", "count", "service:b env:test", "1x240")+
		recordingtest.Gauge("app.load", "host:h1", "1x240")+
		recordingtest.Series("app.up", "service_check", "host:h1", "0x240")+
		"logs \"l\" {\n service = \"orders\"\n source = \"java\"\n tags = [\"kube_namespace:shop\"]\n}\n"+
		"logs \"k\" {\n service = \"carts\"\n}\n"+
		"absent \"app.lost\" {\n reason = \"r\"\n}\n"+
		"absent \"app.errors\" {\n tags = [\"service:c\"]\n reason = \"r\"\n}\n"+
		"absent \"logs\" {\n tags = [\"service:billing\"]\n reason = \"r\"\n}\n",
		map[string]string{"l": `{"timestamp": "+1m", "message": "started"}` + "\n", "k": `{"timestamp": "+1m", "message": "m", "attributes": {"ms": 4}}` + "\n"})
	metric := func(q string) Monitor { return query("sum(last_5m):" + q + " > 1000000") }
	logs := func(search string) Monitor {
		return monitorOf("log alert", fmt.Sprintf("logs(%q).index(\"*\").rollup(\"count\").last(\"5m\") > 5", search))
	}
	check := func(q string) Monitor {
		return monitorOf("service check", q+".last(2).count_by_status()", "thresholds", map[string]any{"critical": 1})
	}
	variables := []any{
		map[string]any{"name": "a", "data_source": "metrics", "query": "sum:app.erors{*}.as_count()"},
		map[string]any{"name": "b", "data_source": "logs", "search": map[string]any{"query": "service:ordrs"}, "compute": map[string]any{"aggregation": "count"}},
		map[string]any{"name": "c", "data_source": "metrics", "query": "sum:unused{*}"},
	}
	for _, test := range []struct {
		monitor Monitor
		want    string
	}{
		{metric("sum:app.errors{service:a}.as_count()"), ""},
		{metric("sum:app.errors{service:a OR service:x}.as_count()"), ""},
		{metric("sum:app.errors{!service:x} by {env}.as_count()"), ""},
		{metric("sum:app.errors{serv*:a} by {*}.as_count()"), ""},
		{metric("sum:app.lost{service:x}.as_count()"), ""},
		{metric("sum:app.errors{service:c,env:prod}.as_count()"), ""},
		{metric("sum:app.erors{service:a}.as_count()"), "app.erors is not in the recording (similar: app.errors)"},
		{metric("sum:zulu{*}"), "zulu is not in the recording"},
		{metric("sum:app.errors{svc:a}.as_count()"), "app.errors has no svc:a in the recording"},
		{metric("sum:app.errors{service:aa}.as_count()"), "app.errors has no service:aa in the recording (similar: service:a)"},
		{metric("sum:app.errors{service IN (x,y)}.as_count()"), "app.errors has no service:x in the recording (similar: service:a); app.errors has no service:y in the recording (similar: service:a)"},
		{metric("sum:app.errors{(service:aa OR service:a) AND env:prod}.as_count()"), ""},
		{metric("sum:app.errors{((service:aa))}.as_count()"), "app.errors has no service:aa in the recording (similar: service:a)"},
		{metric("sum:app.errors{service:a AND NOT (service:aa)}.as_count()"), ""},
		{metric("sum:app.errors{service NOT IN (x,y)}.as_count()"), ""},
		{metric("sum:app.errors{service IN (a,y)}.as_count()"), ""},
		{metric("sum:app.errors{service:a,env:test}.as_count()"), "app.errors has no {service:a,env:test} in the recording"},
		{metric("sum:app.errors{*} by {servce}.as_count()"), "app.errors has no tag servce in the recording (similar: service)"},
		{metric("sum:app.erors{*}.as_count() / sum:app.errors{*}.as_count()"), "app.erors is not in the recording (similar: app.errors)"},
		{metric("avg:app.load{host:h2} / avg:app.load{host:h1}"), "app.load has no host:h2 in the recording (similar: host:h1)"},
		{query(`formula("a / b").last("5m") > 5`, "variables", variables), "app.erors is not in the recording (similar: app.errors); no logs in the recording match service:ordrs (similar: service:orders)"},
		{logs("*"), ""},
		{logs("boom"), ""},
		{logs("service:orders status:error @http.status_code:500"), "no logs in the recording have @http.status_code"},
		{logs("service:orders (@ms:>3 boom)"), ""},
		{logs("@nope:3 OR boom"), ""},
		{logs("-@nope:3"), ""},
		{monitorOf("log alert", `logs("*").rollup("cardinality", "@nope").by("service,nope").last("5m") > 5`), "no logs in the recording have nope; no logs in the recording have @nope"},
		{monitorOf("log alert", `logs("*").rollup("avg", "@ms").by("kube_namespace,source").last("5m") > 5`), ""},
		{logs("service:(orders OR x) boom"), ""},
		{logs("service:billing boom"), ""},
		{logs("-service:x boom"), ""},
		{logs("boom OR service:x"), ""},
		{logs("service:ordrs status:error"), "no logs in the recording match service:ordrs (similar: service:orders)"},
		{logs("kube_namespace:ship"), "no logs in the recording match kube_namespace:ship (similar: kube_namespace:shop)"},
		{logs("service:carts source:java"), "no logs in the recording match service:carts source:java"},
		{monitorOf("event-v2 alert", `events("source:k8s").rollup("count").last("5m") > 5`), "there are no events in the recording"},
		{check(`"app.up".over("host:h1").by("host")`), ""},
		{check(`"app.up".over("host:h2").by("host")`), "app.up has no host:h2 in the recording (similar: host:h1)"},
		{check(`"app.up".over("*").by("hst")`), "app.up has no tag hst in the recording (similar: host)"},
	} {
		r := replayed(t, rec, test.monitor, Options{OnePhase: true})
		var got []string
		for _, u := range r.Unrecorded {
			got = append(got, u.String())
		}
		if text := strings.Join(got, "; "); !r.Evaluated || text != test.want {
			t.Errorf("%s %s: got %q, want %q", test.monitor.Body["query"], r.Reason, text, test.want)
		}
	}
	if r := replayed(t, rec, check(`"app.upp".over("*").by("host")`), Options{}); r.Reason != "not evaluated: the recording has no service check app.upp (similar: app.up)" {
		t.Error(r.Reason)
	}
}

// TestUnrecordedMembers: a composite lacks what its members lack. Sensitive names are not shown.
func TestUnrecordedMembers(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("app.load", "host:h1", "1x240"), nil)
	a, b := query("avg(last_5m):avg:app.lod{*} > 5"), query("avg(last_5m):avg:app.load{*} > 5")
	a.Address, b.Address, b.ID = "monitor.a", "monitor.b", "2"
	c := Monitor{Address: "monitor.c", Body: map[string]any{"type": "composite", "query": "1 && 2"}}
	r, err := Run([]Monitor{a, b, c}, rec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		unrecorded int
		noData     bool
	}{{1, true}, {0, false}, {1, false}} {
		if m := r.Monitors[i]; len(m.Unrecorded) != want.unrecorded || m.NoData != want.noData {
			t.Errorf("%s: %v, no data: %v", m.Address, m.Unrecorded, m.NoData)
		}
	}
	a = withSensitive(a, "query")
	r, err = Run([]Monitor{a}, rec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Monitors[0].Unrecorded; len(got) != 1 || got[0].String() != object.Redacted+" is not in the recording" {
		t.Errorf("%v", got)
	}
}
