/* Reads `date,gauge,cm` lines and prints a row a gauge. */
#include <stdio.h>
#include <stdlib.h>
#include "argv.h"
#include "csv.h"
#include "datefmt.h"
#include "hashmap.h"
#include "slog.h"
#include "stats.h"
#include "table.h"

enum { GAUGES = 16 };

int main(int argc, char **argv)
{
    const char *path = argv_value(argc, argv, "--from");
    FILE *file = fopen(path ? path : "data/gauges.csv", "r");
    if (!file) {
        slog(SLOG_WARN, "cannot read %s", path ? path : "data/gauges.csv");
        return 1;
    }

    static char line[512], names[GAUGES][64];
    static vec heights[GAUGES];
    static hashmap numbers;
    int gauges = 0;
    long last = 0;
    while (fgets(line, sizeof line, file)) {
        char *field[3], *end;
        if (csv_split(line, field, 3) != 3) continue;
        double height = strtod(field[2], &end);
        if (*end) {
            slog(SLOG_WARN, "%s on %s: `%s` is no height", field[1], field[0], field[2]);
            continue;
        }
        if (date_days(field[0]) > last) last = date_days(field[0]);
        double *number = hashmap_at(&numbers, field[1]);
        if (!number || gauges == GAUGES) continue;
        if (!*number) {
            /* The map keeps the key's address, so the name must outlive the line. */
            numbers = (hashmap){0};
            snprintf(names[gauges++], sizeof names[0], "%s", field[1]);
            for (int i = 0; i < gauges; i++) *hashmap_at(&numbers, names[i]) = i + 1;
            number = hashmap_at(&numbers, names[gauges - 1]);
        }
        int at = (int)*number - 1;
        vec_push(&heights[at], height);
    }
    fclose(file);

    cstr out = {0};
    int width[] = { 14, 8, 8, 8, 8 };
    table_row(&out, 5, (const char *[]){ "gauge", "days", "lowest", "median", "highest" }, width);
    table_rule(&out, 5, width);
    for (int i = 0; i < gauges; i++) {
        char days[24], low[24], middle[24], high[24];
        snprintf(days, sizeof days, "%zu", heights[i].count);
        snprintf(low, sizeof low, "%.0f", stats_lowest(&heights[i]));
        snprintf(high, sizeof high, "%.0f", stats_highest(&heights[i]));
        snprintf(middle, sizeof middle, "%.1f", stats_median(&heights[i]));
        table_row(&out, 5, (const char *[]){ names[i], days, low, middle, high }, width);
        vec_free(&heights[i]);
    }
    fputs(out.text, stdout);
    cstr_free(&out);
    if (argv_has(argc, argv, "--weekday")) printf("last day was weekday %d\n", date_weekday(last));
    return 0;
}
