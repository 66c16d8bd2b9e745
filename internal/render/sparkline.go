package render

import "ddmon/internal/render/safe"

// sparks are the bars of a sparkline, from low to high.
var sparks = []safe.Text{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// Sparkline draws values as bars in at most a number of columns. If there are more values, a bar is the largest of its
// values. Equal values are drawn low.
func Sparkline(values []float64, columns int) safe.Text {
	if len(values) == 0 || columns < 1 {
		return ""
	}
	if len(values) > columns {
		values = reduced(values, columns)
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	text := safe.Text("")
	for _, v := range values {
		i := 0
		if high > low {
			i = int((v - low) / (high - low) * float64(len(sparks)-1))
		}
		text += sparks[min(max(i, 0), len(sparks)-1)]
	}
	return text
}

// reduced returns the largest value of each of a number of equal parts.
func reduced(values []float64, parts int) []float64 {
	out := make([]float64, parts)
	for i := range out {
		from, to := i*len(values)/parts, (i+1)*len(values)/parts
		out[i] = values[from]
		for _, v := range values[from:to] {
			out[i] = max(out[i], v)
		}
	}
	return out
}
