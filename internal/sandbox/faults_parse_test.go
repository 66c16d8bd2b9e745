package sandbox

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestFaultScriptErrors(t *testing.T) {
	for script, want := range map[string]string{
		"POST":                                "line 1: incomplete rule: write METHOD PATH WHEN FAULT",
		"\n#\nPOST * 3":                       "line 3: incomplete rule: write METHOD PATH WHEN FAULT",
		"POST * 3 # reset=after":              "line 1: incomplete rule: write METHOD PATH WHEN FAULT",
		"post * 1 reset=after":                `"post" is not a valid method: use GET, POST, PUT, PATCH, DELETE, a comma`,
		"POST, * 1 reset=after":               `"" is not a valid method`,
		"GET,* * 1 reset=after":               `"*" is not a valid method`,
		"POST api 1 reset=after":              `"api" is not a valid path: use a path such as /api/v1/monitor`,
		"POST /[a 1 reset=after":              `"/[a" is not a valid path`,
		"POST * sometimes reset=after":        `"sometimes" is not a valid WHEN: use always, a number such as 3`,
		"POST * 0 reset=after":                `"0" is not a valid WHEN`,
		"POST * -1 reset=after":               `"-1" is not a valid WHEN`,
		"POST * 3-2 reset=after":              `"3-2" is not a valid WHEN`,
		"POST * 3-x reset=after":              `"3-x" is not a valid WHEN`,
		"POST * +3 reset=after":               `"+3" is not a valid WHEN`,
		"POST * every=0 reset=after":          `"every=0" is not a valid WHEN`,
		"POST * 99999999999999 reset=after":   `is not a valid WHEN`,
		"POST * 1 explode":                    `"explode" is not a valid fault: use latency=, stale=, status=`,
		"POST * 1 reset":                      `invalid fault "reset": use reset=before or reset=after`,
		"POST * 1 reset=never":                `invalid fault "reset=never": use`,
		"POST * 1 status=404":                 `invalid fault "status=404": use status=403 or 429, or status=500`,
		"POST * 1 status=429:after":           `invalid fault "status=429:after": use`,
		"POST * 1 latency=5":                  `invalid fault "latency=5": use a duration such as latency=200ms`,
		"POST * 1 latency=-5s":                `invalid fault "latency=-5s": use`,
		"POST * 1 stale=0":                    `invalid fault "stale=0": use a number of requests`,
		"POST * 1 stale=-2s":                  `invalid fault "stale=-2s": use`,
		"POST * 1 truncate=-1":                `invalid fault "truncate=-1": use the number of bytes to send`,
		"POST * 1 slow=7ns":                   `invalid fault "slow=7ns": use the duration of the response`,
		"POST * 1 body=xml":                   `invalid fault "body=xml": use body=broken`,
		"POST * 1 status=502 reset=after":     "status and reset cannot be combined: remove one of them",
		"POST * 1 latency=1s latency=2s":      "latency is set twice: remove one of them",
		"GET * 1 stale=3":                     "stale applies only to writes, and GET writes nothing",
		"POST * 1 reset=after\nPOST\nPUT * x": "line 2: incomplete rule: write METHOD",
	} {
		f, err := ParseFaults([]byte(script))
		if f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", script, err, want)
		}
	}
	_, err := ParseFaults([]byte("POST\n* * 1 reset=after\nPUT\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 1 || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("not every invalid line is named: %v", err)
	}
}

// FuzzFaults parses arbitrary scripts. A valid one must not break the server: each request gets a response or its
// connection is closed, all requests are counted, and every write is stored once.
func FuzzFaults(f *testing.F) {
	for _, seed := range []string{
		"", "# x", "POST /api/v1/monitor 1 reset=after stale=5", "* * always latency=1h slow=1s", "GET,PUT /api/** 2-4 status=429",
		"* * every=2 status=504:after\nPOST * 1- truncate=9", "* /{a,b}[c-d]?/* 3 body=html:after", "* * 1 body=wrong\r\n* * 2 body=broken",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, script string) {
		faults, err := ParseFaults([]byte(script))
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "line ") {
					t.Fatalf("the error has no line number: %v", err)
				}
			}
			return
		}
		s, err := Open("", Options{Now: testNow, Faults: faults, Sleep: (&recordedSleeps{}).sleep})
		if err != nil {
			t.Fatal(err)
		}
		for n, method := range []string{"POST", "GET", "POST", "GET"} {
			callAborted(t, s, method)
			if faults.Requests() != n+1 {
				t.Fatalf("%d requests counted after %d", faults.Requests(), n+1)
			}
		}
		if countStored(s) > 1 {
			t.Fatalf("%d duplicates stored", countStored(s))
		}
	})
}

// callAborted sends a request and accepts that its connection is closed.
func callAborted(t *testing.T, s *Server, method string) {
	defer func() {
		p := recover()
		if err, _ := p.(error); p != nil && !errors.Is(err, http.ErrAbortHandler) {
			t.Fatalf("panic: %v", p)
		}
	}()
	call(s, method, "/api/v1/monitor", monitorBody(nil))
}
