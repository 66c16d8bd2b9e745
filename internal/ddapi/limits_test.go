package ddapi_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ddmon/internal/ddapi"
)

// endless writes a start and then a chunk repeatedly, until the client stops reading.
func endless(begin, again string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_ = writeEndlessly(w, begin, again)
	}
}

func writeEndlessly(w io.Writer, begin, again string) error {
	const tooMuch = 80 << 20 // more than the limit, but quick to test
	block := []byte(strings.Repeat(again, 1+(64<<10)/len(again)))
	if _, err := io.WriteString(w, begin); err != nil {
		return err
	}
	for n := 0; n < tooMuch; n += len(block) {
		if _, err := w.Write(block); err != nil {
			return err
		}
	}
	return nil
}

// compressed sends an endless response as gzip. A gzip stream can have several members, and the second one is repeated.
func compressed(begin, again string) http.HandlerFunc {
	first, more := zipped(begin), zipped(strings.Repeat(again, 1+(1<<20)/len(again)))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(first)
		for range 80 {
			if _, err := w.Write(more); err != nil {
				return
			}
		}
	}
}

func zipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.Bytes()
}

// quickBombs returns one bomb per limit.
func quickBombs(begin string) map[string]http.HandlerFunc {
	all := bombs(begin)
	return map[string]http.HandlerFunc{"one string": all["one string"], "small objects": all["small objects"], "large Content-Length": all["large Content-Length"]}
}

// bombs returns responses that would need more memory than there is. Each starts like a valid response.
func bombs(begin string) map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"one string":           endless(begin+`"x":"`, "abcdefgh"),
		"escapes":              endless(begin+`"x":"`, `\u0000`),
		"one key":              endless(begin+`"`, "x"),
		"one number":           endless(begin+`"x":1`, "0"),
		"blanks":               endless(begin, " "),
		"empty lists":          endless(begin+`"x":[[]`, ",[]"),
		"empty objects":        endless(begin+`"x":[{}`, ",{}"),
		"small objects":        endless(begin+`"x":[{"":0}`, `,{"":0}`),
		"numbers":              endless(begin+`"x":[0`, ",0"),
		"empty strings":        endless(begin+`"x":[""`, `,""`),
		"compressed string":    compressed(begin+`"x":"`, "abcdefgh"),
		"compressed lists":     compressed(begin+`"x":[[]`, ",[]"),
		"large Content-Length": respond(200, begin, "Content-Length", "6000000000"),
	}
}

// TestEndlessResponses: endless responses fail with an error that names the request and the limit.
func TestEndlessResponses(t *testing.T) {
	begins := map[string]string{
		"list monitors": `[{"id":7,`, "list dashboards": `{"dashboards":[{"id":"abc-def-ghi",`, "get monitor": `{"id":7,`, "create dashboard": `{`,
		"can delete": `{"errors":null,`, "validate": `{`, "handles": `{"data":[{`, "tags of a metric": `{"data":{`,
	}
	for name, begin := range begins {
		some := quickBombs
		if name == "get monitor" {
			some = bombs
		}
		for what, bomb := range some(begin) {
			t.Run(name+"/"+what, func(t *testing.T) {
				c, _ := start(t, bomb)
				err := everyCall(t.Context(), c)[name]()
				if err == nil {
					t.Fatal("no error")
				}
				checkReadable(t, err.Error())
				if !strings.Contains(err.Error(), " MB") || !strings.Contains(err.Error(), "/api/v") {
					t.Errorf("the error does not name the limit and the request: %v", err)
				}
			})
		}
	}
}

// TestEndlessErrors: the client reads only the start of error responses.
func TestEndlessErrors(t *testing.T) {
	for what, bomb := range quickBombs(`{"errors":["x"],`) {
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			if what == "large Content-Length" {
				w.Header().Set("Content-Length", "6000000000")
			}
			w.Header().Set("Content-Type", "application/json")
			bomb(&withStatus{ResponseWriter: w, status: 400}, r)
		})
		err := create(t, c)
		checkReadable(t, err.Error())
		if !strings.Contains(err.Error(), "400 Bad Request") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// withStatus changes the status of a response.
type withStatus struct {
	http.ResponseWriter
	status int
	once   sync.Once
}

func (w *withStatus) WriteHeader(int) { w.once.Do(func() { w.ResponseWriter.WriteHeader(w.status) }) }

func (w *withStatus) Write(p []byte) (int, error) {
	w.WriteHeader(0)
	return w.ResponseWriter.Write(p)
}

func TestEndlessHeaders(t *testing.T) {
	c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := range 1000 {
			w.Header().Set("X-"+itoa(i), strings.Repeat("x", 1000))
		}
		fmt.Fprint(w, `{"id":7}`)
	})
	_, err := c.Get(t.Context(), monitor, "7")
	if err == nil || !strings.Contains(err.Error(), "headers are longer than 256 kB") {
		t.Fatalf("%v", err)
	}
	checkReadable(t, err.Error())
}

// TestEndlessLists: each page is followed by another one with new objects.
func TestEndlessLists(t *testing.T) {
	const perPage = 50 // a multiple of what the server's limit can be
	pages := 0
	c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
		page := []string{}
		for i := range perPage {
			page = append(page, fmt.Sprintf(`{"id":"a%d-%d"}`, pages, i))
		}
		pages++
		fmt.Fprintf(w, `{"dashboards":[%s]}`, strings.Join(page, ","))
	})
	_, err := c.List(t.Context(), dashboard, "shop")
	if err == nil || !strings.Contains(err.Error(), "has more than 1000 pages") || pages != 1000 {
		t.Errorf("%d pages: %v", pages, err)
	}
}

// TestSearchLimit: only a few objects can match one name, so that search results need little memory.
func TestSearchLimit(t *testing.T) {
	large := "[[]" + strings.Repeat(",[]", 200_000) + "]"
	c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `[{"id":1,"name":"a","x":%[1]s},{"id":2,"name":"b","x":%[1]s},{"id":3,"name":"a","x":%[1]s},{"id":4,"name":"a","x":%[1]s}]`, large)
	})
	_, err := c.Named(t.Context(), monitor, ddapi.Listing{}, []string{"a"})
	if err == nil || !strings.Contains(err.Error(), "needs, together with earlier responses, more than 32 MB of memory") {
		t.Errorf("%.300v", err)
	}
	if got, err := c.Named(t.Context(), monitor, ddapi.Listing{}, []string{"b"}); err != nil || len(got) != 1 {
		t.Errorf("discarded objects count: %d, %.300v", len(got), err)
	}
}

// TestUnexpectedEncodings: errors name an unsupported content encoding instead of decoding the body.
func TestUnexpectedEncodings(t *testing.T) {
	text := zipped(`{"id":7}`)
	for _, coding := range []string{"deflate", "zstd", "br", "gzip, gzip", "x\u202ey"} {
		c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", coding)
			_, _ = w.Write(text)
		})
		_, err := c.Get(t.Context(), monitor, "7")
		if err == nil || !strings.Contains(err.Error(), "which was not requested") {
			t.Errorf("%q: %v", coding, err)
			continue
		}
		checkReadable(t, err.Error())
	}
	c, _ := start(t, respond(200, string(text), "Content-Encoding", "gzip"))
	if _, err := c.Get(t.Context(), monitor, "7"); err != nil {
		t.Error(err)
	}
}

// TestMemoryOfAHostileServer: ten concurrent requests, each with a response that needs as much memory as possible for
// its length. Frequent garbage collection makes the test measure only live memory, regardless of the speed of the
// machine.
func TestMemoryOfAHostileServer(t *testing.T) {
	const most = 200 << 20
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	all := bombs(`{"id":7,`)
	for _, what := range []string{"one string", "compressed lists"} {
		var peak atomic.Uint64
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			all[what](&memoryMeter{ResponseWriter: w, peak: &peak}, r)
		})
		runtime.GC()
		var requests sync.WaitGroup
		for range 10 {
			requests.Go(func() { _ = create(t, c) }) // has one attempt
		}
		requests.Wait()
		if peak.Load() == 0 || peak.Load() > most {
			t.Errorf("%s: %d MB", what, peak.Load()>>20)
		}
		t.Logf("%s: %d MB", what, peak.Load()>>20)
	}
}

// memoryMeter records the peak memory use while a response is written.
type memoryMeter struct {
	http.ResponseWriter
	peak    *atomic.Uint64
	written int
}

func (w *memoryMeter) Write(p []byte) (int, error) {
	const often = 256 << 10
	if w.written += len(p); w.written > often || w.peak.Load() == 0 {
		w.written = 0
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		for most := w.peak.Load(); now.HeapInuse > most && !w.peak.CompareAndSwap(most, now.HeapInuse); most = w.peak.Load() {
		}
	}
	return w.ResponseWriter.Write(p)
}
