#include "csv.h"
#include "stats.h"
#include "testkit.h"

int main(void)
{
    char line[] = "a,b,c\n", *field[3];
    CHECK(csv_split(line, field, 3) == 3);
    CHECK(field[2][0] == 'c');

    vec v = {0};
    for (int i = 1; i <= 4; i++) vec_push(&v, i);
    CHECK_NEAR(stats_median(&v), 2.5);
    vec_free(&v);
    return testkit_report();
}
