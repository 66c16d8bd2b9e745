package ddapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"

	"ddmon/internal/ddapi"
)

// monitorPages responds to a list of n monitors of about 1.6 kB each, paged by id_offset.
func monitorPages(n int) map[string][]byte {
	const size = 1000
	pages := make(map[string][]byte)
	for from := 0; from <= n; from += size {
		var b bytes.Buffer
		b.WriteByte('[')
		for id := from + 1; id <= min(n, from+size); id++ {
			if id > from+1 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, monitorJSON, id, id, id, id)
		}
		b.WriteByte(']')
		pages[itoa(from)] = b.Bytes()
	}
	return pages
}

const monitorJSON = `{"id":%d,"org_id":321813,"type":"query alert","name":"Queue depth of service-%d",
"message":"The queue is {{value}} deep. Check that the consumers run, then scale them with kubectl. {{#is_recovery}}It is short again.{{/is_recovery}} @slack-ops",
"tags":["ddmon_stack:shop","ddmon_id:monitor.queue_depth:service-%d","ddmon_fp:a1b2c3-d4e5f6a7b8c9","severity:warning","service:shop","team:ops"],
"query":"avg(last_5m):avg:rabbitmq.queue.messages{queue:service-%d} by {host} > 50",
"options":{"thresholds":{"critical":50.0,"warning":40.0},"notify_audit":false,"include_tags":true,"silenced":{},"new_host_delay":300,
"notify_no_data":false,"renotify_interval":0,"escalation_message":"","require_full_window":false,"evaluation_delay":60,
"no_data_timeframe":null,"timeout_h":0,"locked":false,"on_missing_data":"show_no_data","groupby_simple_monitor":false},
"multi":true,"created_at":1672531200000,"created":"2023-01-01T00:00:00.000000+00:00","modified":"2023-01-01T00:00:00.000000+00:00",
"deleted":null,"priority":3,"restricted_roles":null,"restriction_policy":null,"draft_status":"published","assets":[],"overall_state_modified":"2023-01-01T00:00:00.000000+00:00",
"overall_state":"No Data","matching_downtimes":[],"creator":{"name":"Somebody","handle":"somebody@example.com","email":"somebody@example.com","id":1234567}}`

func benchClient(tb testing.TB, pages map[string][]byte) (*ddapi.Client, *httptest.Server) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(pages[r.URL.Query().Get("id_offset")])
	}))
	tb.Cleanup(server.Close)
	c, err := ddapi.New(ddapi.Config{APIKey: apiKey, AppKey: appKey, Host: server.URL})
	if err != nil {
		tb.Fatal(err)
	}
	return c, server
}

// TestListMemory limits the memory per listed monitor: a plan of 1,000 monitors must fit into 60 MB.
func TestListMemory(t *testing.T) {
	const n, most = 1000, 12 << 10
	c, _ := benchClient(t, monitorPages(n))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l, err := c.List(t.Context(), monitor, "shop")
	runtime.GC()
	runtime.ReadMemStats(&after)
	if err != nil || len(l.Owned) != n {
		t.Fatal(len(l.Owned), err)
	}
	if each := int64(after.HeapAlloc-before.HeapAlloc) / n; each > most {
		t.Errorf("a monitor uses %d bytes, want at most %d", each, most)
	} else {
		t.Logf("a monitor uses %d bytes", each)
	}
	runtime.KeepAlive(l)
}
